import { useCallback, useEffect, useState } from "react";
import { DemoDocument, type DemoQuery, EnterDemoDocument } from "../gql/graphql.ts";
import { Button, FormError, Skeleton } from "../platform/components/index.ts";
import { pictureOf } from "../platform/design/art.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { MessagePage, Wordmark } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { usePlatformText } from "../platform/text.ts";
import "./demo.css";
import { useText } from "./text.ts";

type Person = DemoQuery["demoPeople"][number];

const sides = ["organizer", "speaker", "attendee"] as const;

/** Who to be in the demo event. */
export default function DemoPage() {
  const { t } = useText();
  const platform = usePlatformText();
  const [people, setPeople] = useState<Person[]>();
  const [failure, setFailure] = useState<Refusal>();
  const [entering, setEntering] = useState<string>();
  useTitle(t("title"));

  const load = useCallback(() => {
    setFailure(undefined);
    send(DemoDocument, {}).then(
      (answer) => setPeople(answer.demoPeople),
      (error: unknown) => setFailure(refusalOf(error)),
    );
  }, []);
  useEffect(load, [load]);

  const enter = async (key: string): Promise<void> => {
    setEntering(key);
    try {
      const { enterDemo } = await send(EnterDemoDocument, { key });
      // A whole load: nothing of the person one was before stays in the page.
      location.assign(enterDemo.goTo);
    } catch (error) {
      setFailure(refusalOf(error));
      setEntering(undefined);
    }
  };

  if (people?.length === 0) return <MessagePage title={t("closed")}>{t("closedText")}</MessagePage>;
  if (failure && !people)
    return (
      <MessagePage title={t("failed")} action={<Button onClick={load}>{platform.t("tryAgain")}</Button>}>
        {failure.message}
      </MessagePage>
    );

  return (
    <>
      <header className="topbar">
        <Wordmark />
      </header>
      <main className="wrap-page demo" id="main">
        <h1 className="h1">{t("title")}</h1>
        <p className="lead">{t("lead")}</p>
        {failure && <FormError>{failure.message}</FormError>}
        <ul className="demo-people" aria-busy={!people}>
          {sides.map((side) => (
            <li key={side}>
              <Side
                side={side}
                person={people?.find((person) => person.key === side)}
                pending={entering === side}
                enter={() => void enter(side)}
              />
            </li>
          ))}
        </ul>
        <p className="small muted">{t("together")}</p>
        <a className="link" href="/e/groundwork">
          {t("page")}
        </a>
      </main>
    </>
  );
}

interface SideProps {
  side: (typeof sides)[number];
  person: Person | undefined;
  pending: boolean;
  enter: () => void;
}

function Side({ side, person, pending, enter }: SideProps) {
  const { t } = useText();
  const picture = person && pictureOf({ photoUrl: null, portrait: person.portrait });
  return (
    <article className="card pad0 demo-person">
      {picture ? <img src={picture} alt="" width="320" height="320" /> : <Skeleton height={240} />}
      <div className="stack">
        <h2 className="h3">{t(side)}</h2>
        <p className="muted">{t(`${side}Text`)}</p>
        <p className="small muted">{person?.headline ?? "…"}</p>
        <Button
          variant={side === "attendee" ? "primary" : "line"}
          pending={pending}
          disabled={!person}
          onClick={enter}
          block
        >
          {t("enter", { name: person?.name ?? "…" })}
        </Button>
      </div>
    </article>
  );
}
