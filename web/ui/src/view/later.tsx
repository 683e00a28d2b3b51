import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A part of the page that is fetched when it is first shown, and again until it has come. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => VNode {
  let part: ComponentType<Props> | undefined;
  return (props) => {
    const [, draw] = useState(false);
    useEffect(() => {
      if (part) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const fetch = () => {
        load().then((found) => { part = found; draw(true); }, () => { timer = setTimeout(fetch, 2_000); });
      };
      fetch();
      return () => clearTimeout(timer);
    }, []);
    const Part = part;
    return Part ? <Part {...props} /> : <div class="skeleton" aria-busy="true"><span /><span /><span /></div>;
  };
}
