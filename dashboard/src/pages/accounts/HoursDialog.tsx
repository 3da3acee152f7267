import { Button, NativeSelect, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useMemo } from "react";
import { FormDialog } from "../../components/FormDialog";
import { useApiMutation } from "../../graphql/useApiMutation";
import { type AccountDetails, UpdatePacing } from "./documents";
import { HoursOfDay } from "./HoursOfDay";
import { clockOf, type OpenRange, ownTimeZone, timeZones, workingWeek } from "./hours";
import { weekdays } from "./labels";

export interface HoursForm extends Record<string, unknown> {
  timeZone: string;
  hours: OpenRange[];
}

/** The account's hours: any number of ranges for each weekday, in a time zone. */
export function HoursDialog(props: {
  account: AccountDetails;
  onChange: () => void;
  opened: boolean;
  onClose: () => void;
}) {
  const { run } = useApiMutation(UpdatePacing);
  const { id, pacing } = props.account;
  return (
    <FormDialog
      opened={props.opened}
      onClose={props.onClose}
      title="Hours"
      size="lg"
      submitLabel="Save hours"
      initialValues={initialHours(pacing)}
      send={({ timeZone, hours }) =>
        run({ input: { linkedinAccountId: id, timeZone, hours: hours.map(typed) } })
      }
      onDone={props.onChange}
    >
      {(form) => <HoursFields form={form} />}
    </FormDialog>
  );
}

/** Who has set no hours yet begins in their own time zone. */
function initialHours({ timeZone, hours }: AccountDetails["pacing"]): HoursForm {
  const zone = timeZone ?? (hours.length > 0 ? "UTC" : ownTimeZone());
  return {
    timeZone: zone,
    hours: hours.map(({ weekday, opens, closes }) => ({ weekday, opens, closes })),
  };
}

const typed = ({ weekday, opens, closes }: OpenRange): OpenRange => ({
  weekday,
  opens: clockOf(opens),
  closes: clockOf(closes),
});

function HoursFields({ form }: { form: UseFormReturnType<HoursForm> }) {
  const { timeZone, hours } = form.getValues();
  const zones = useMemo(() => timeZones(timeZone), [timeZone]);
  return (
    <>
      <NativeSelect
        label="Time zone"
        data={zones}
        data-autofocus
        {...form.getInputProps("timeZone")}
      />
      <div>
        {weekdays.map((weekday) => (
          <HoursOfDay key={weekday} form={form} weekday={weekday} />
        ))}
      </div>
      {form.errors.hours && (
        <Text size="sm" c="var(--tone-bad)" role="alert">
          {form.errors.hours}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {hours.length === 0
          ? "Without hours, the account may act at any time."
          : "The account acts in these hours only. For a night, end one day at 24:00 and begin the next at 00:00."}
      </Text>
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => form.setFieldValue("hours", workingWeek())}
        >
          Monday to Friday, 09:00 to 18:00
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={hours.length === 0}
          onClick={() => form.setFieldValue("hours", [])}
        >
          Remove all
        </Button>
      </div>
    </>
  );
}
