import {
  IconBook2,
  IconBrandLinkedin,
  IconDeviceDesktop,
  IconKey,
  IconLayoutDashboard,
  IconListCheck,
  IconSettings,
  IconTerminal2,
  IconWebhook,
} from "@tabler/icons-react";
import { Link, useLocation } from "wouter";
import { Logo } from "./Logo";
import classes from "./Navigation.module.css";
import { UserMenu } from "./UserMenu";

const places = [
  { href: "/", label: "Overview", Icon: IconLayoutDashboard },
  { href: "/tasks", label: "Tasks", Icon: IconListCheck },
  { href: "/accounts", label: "LinkedIn accounts", Icon: IconBrandLinkedin },
  { href: "/agents", label: "Agents", Icon: IconDeviceDesktop },
  { href: "/keys", label: "API keys", Icon: IconKey },
  { href: "/webhooks", label: "Webhooks", Icon: IconWebhook },
  { href: "/explorer", label: "API explorer", Icon: IconTerminal2 },
  { href: "/settings", label: "Settings", Icon: IconSettings },
];

export function Navigation() {
  const [path] = useLocation();
  return (
    <div className={classes.column}>
      <div className={classes.head}>
        <Logo />
      </div>
      <nav aria-label="Pages" className={classes.places}>
        {places.map(({ href, label, Icon }) => (
          <Link
            key={href}
            href={href}
            className={classes.place}
            aria-current={isWithin(path, href) ? "page" : undefined}
          >
            <Icon size={18} stroke={1.6} aria-hidden />
            {label}
          </Link>
        ))}
        <a href="/docs" className={classes.place}>
          <IconBook2 size={18} stroke={1.6} aria-hidden />
          Documentation
        </a>
      </nav>
      <UserMenu />
    </div>
  );
}

function isWithin(path: string, href: string): boolean {
  return path === href || (href !== "/" && path.startsWith(`${href}/`));
}
