import { Burger, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef } from "react";
import { useLocation, useSearch } from "wouter";
import { ConnectionBanner } from "./ConnectionBanner";
import { Logo } from "./Logo";
import { Navigation } from "./Navigation";
import classes from "./Shell.module.css";
import { Shortcuts } from "./Shortcuts";
import { SubscriptionBanner } from "./SubscriptionBanner";
import { useScrollRestoration } from "./useScrollRestoration";

/** The frame of every page: navigation, banners, and keyboard shortcuts. */
export function Shell({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  const [isMenuOpen, menu] = useDisclosure(false);
  const main = useRef<HTMLElement>(null);
  const shownPath = useRef(path);
  useScrollRestoration(`${path}?${useSearch()}`);

  // On a new page, reading and tabbing start at its top.
  useEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    menu.close();
    main.current?.focus({ preventScroll: true });
  }, [path, menu]);

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <aside className={classes.side}>
        <Navigation />
      </aside>
      <nav className={classes.top} aria-label="Menu">
        <Logo />
        <Burger
          opened={isMenuOpen}
          onClick={menu.toggle}
          size="sm"
          aria-label="Menu"
          aria-expanded={isMenuOpen}
        />
      </nav>
      <Drawer.Root opened={isMenuOpen} onClose={menu.close} size={264} padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label="Menu">
          <Drawer.Body>
            <Navigation />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <SubscriptionBanner />
        {children}
      </main>
      <ConnectionBanner />
      <Shortcuts />
    </div>
  );
}
