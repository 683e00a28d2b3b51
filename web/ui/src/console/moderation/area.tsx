import type { VNode } from "preact";
import { useCallback, useMemo } from "preact/hooks";
import type { AreaProps } from "../areas";
import { fromAddress, toAddress, type Route } from "../route";
import { Moderation } from "./page";

/** The review queue at its address. */
export default function ModerationArea({ place, go, ...rest }: AreaProps): VNode {
  const route = useMemo(() => fromAddress(place.search), [place.search]);
  const goTo = useCallback((next: Route) => go(toAddress(next)), [go]);
  return <Moderation {...rest} route={route} go={goTo} />;
}
