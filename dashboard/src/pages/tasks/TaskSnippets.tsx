import { Tabs } from "@mantine/core";
import { CodeBlock } from "../../components/CodeBlock";
import { languages, snippet } from "./snippets";
import type { TaskDetails } from "./timeline";

/** The request that creates the same task, in several languages. */
export function TaskSnippets({ task }: { task: TaskDetails }) {
  return (
    <Tabs defaultValue="cURL">
      <Tabs.List mb="sm">
        {languages.map((language) => (
          <Tabs.Tab key={language} value={language}>
            {language}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {languages.map((language) => (
        <Tabs.Panel key={language} value={language}>
          <CodeBlock label={language} code={snippet(language, task, location.origin)} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
