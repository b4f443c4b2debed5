import type { EventCardFragment } from "../gql/graphql.ts";
import { ButtonLink } from "../platform/components/Button.tsx";
import { Icon, Logo } from "../platform/components/Icon.tsx";
import { Empty } from "../platform/components/States.tsx";
import { coverArt } from "../platform/design/art.ts";
import type { IconName } from "../platform/icons/names.ts";
import { usePlatformText } from "../platform/text.ts";
import { EventRow } from "./EventRow.tsx";
import { useText } from "./text.ts";

const facts: { key: "template" | "join" | "replay"; icon: IconName }[] = [
  { key: "template", icon: "grid" },
  { key: "join", icon: "link" },
  { key: "replay", icon: "live" },
];

export function StrangerHome({ demo, events }: { demo: boolean; events: EventCardFragment[] }) {
  const { t } = useText();
  const platform = usePlatformText();
  return (
    <div className="home" data-brand="">
      <a className="skip" href="#main">
        {platform.t("skip")}
      </a>
      <header className="hero">
        <img className="art" src={coverArt("hall")} alt="" />
        <div className="topbar">
          <span className="wordmark">
            <Logo />
            Plenary
          </span>
          <span className="grow" />
          <ButtonLink href="/sign-in" variant="line" size="sm">
            {platform.t("menu.signIn")}
          </ButtonLink>
        </div>
        <div className="in">
          <h1 className="h0">{t("title")}</h1>
          <p className="lead">{t("lead")}</p>
          <div className="row wrap hbtn">
            {demo && (
              <a className="btn primary lg" href="/demo">
                {t("demo")}
              </a>
            )}
            <ButtonLink href="/sign-in?returnTo=/organize/new" variant={demo ? "line" : "primary"} size="lg">
              {t("host")}
            </ButtonLink>
          </div>
        </div>
      </header>
      <main id="main" className="wrap-page">
        <ul className="three">
          {facts.map(({ key, icon }) => (
            <li key={key}>
              <Icon name={icon} />
              <div>
                <p className="h4">{t(`facts.${key}`)}</p>
                <p className="small muted">{t(`facts.${key}Text`)}</p>
              </div>
            </li>
          ))}
        </ul>
        <section className="sec" aria-labelledby="up">
          <h2 className="h2" id="up">
            {t("comingUp")}
          </h2>
          {events.length === 0 && (
            <div className="card">
              <Empty icon="cal" title={t("nothingUp")}>
                {t("nothingUpText")}
              </Empty>
            </div>
          )}
          <div className="list">
            {events.map((event) => (
              <EventRow key={event.id} event={event} action={t("getTicket")} />
            ))}
          </div>
        </section>
      </main>
    </div>
  );
}
