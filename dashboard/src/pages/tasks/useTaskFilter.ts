import { useMemo } from "react";
import { useSearchParams } from "wouter";
import {
  type ListFilter,
  readFilter,
  type TaskFilter,
  toApiFilter,
  writeFilter,
} from "./taskFilter";

/** The list's filter is in the page's URL, so that it can be bookmarked and shared. */
export function useTaskFilter(): {
  filter: ListFilter;
  apiFilter: TaskFilter;
  /** Sets or, with undefined, removes parts of the filter. */
  change: (part: { [Name in keyof ListFilter]: ListFilter[Name] | undefined }) => void;
  clear: () => void;
} {
  const [search, setSearch] = useSearchParams();
  const key = search.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(key)), [key]);
  const apiFilter = useMemo(() => toApiFilter(filter, new Date()), [filter]);
  return {
    filter,
    apiFilter,
    change: (part) =>
      setSearch(writeFilter({ ...filter, ...part } as ListFilter), { replace: true }),
    clear: () => setSearch(new URLSearchParams(), { replace: true }),
  };
}
