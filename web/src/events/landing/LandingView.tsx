import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import type { LandingQuery } from "../../gql/graphql.ts";
import { Logo } from "../../platform/components/Icon.tsx";
import { LanguagePicker } from "../../platform/components/LanguagePicker.tsx";
import { brand } from "../../platform/design/brand.ts";
import { TicketBar, TicketBox } from "../../registration/TicketBox.tsx";
import { admissionOf, entrance, type LandingEvent } from "../event.ts";
import { useText } from "../text.ts";
import { Facts } from "./Facts.tsx";
import { Hero } from "./Hero.tsx";
import { Programme } from "./Programme.tsx";
import { Replays } from "./Replays.tsx";
import { Speakers } from "./Speakers.tsx";
import { StatusLine } from "./StatusLine.tsx";

const loadDialog = () => import("../../registering/RegistrationDialog.tsx");
const RegistrationDialog = lazy(loadDialog);

interface LandingViewProps {
  landing: LandingQuery;
  event: LandingEvent;
  reload: () => Promise<void>;
}

export function LandingView({ landing, event, reload }: LandingViewProps) {
  const { t } = useText();
  const now = useMinute();
  const admission = admissionOf(event, now);
  const goTo = admission === "going" || admission === "crew" ? entrance(event, now) : undefined;
  const [ticket, setTicket] = useState<string>();
  const [asked, setAsked] = useState<"register" | "resend">();
  const chosen = useMemo(
    () => event.ticketTypes.find((type) => type.id === ticket) ?? event.ticketTypes.find((type) => type.remaining > 0),
    [event.ticketTypes, ticket],
  );

  // The form is not needed to read the page, so it comes when the browser has nothing else to do.
  useEffect(() => {
    if (admission === "open") void loadDialog();
  }, [admission]);

  const box = {
    event,
    admission,
    goTo,
    chosen: chosen?.id,
    onChoose: setTicket,
    onRegister: () =>
      chosen?.price ? location.assign(`/e/${event.slug}/order?ticket=${chosen.id}`) : setAsked("register"),
    onResend: () => setAsked("resend"),
  };
  return (
    <div className="landing" {...brand(event.accent)}>
      <a className="skip" href="#programme">
        {t("skip")}
      </a>
      <StatusLine event={event} />
      <Hero event={event} viewer={landing.viewer} admission={admission} goTo={goTo} onRegister={box.onRegister} />
      <main id="main" className="wrap-page">
        <Facts event={event} />
        <div className="cols">
          <div>
            {event.descriptionHtml && (
              <section className="sec" id="about" aria-labelledby="about-title">
                <h2 className="h2" id="about-title">
                  {t("about")}
                </h2>
                {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered and sanitised by the server */}
                <div className="prose" dangerouslySetInnerHTML={{ __html: event.descriptionHtml }} />
              </section>
            )}
            <Replays event={event} />
            <Speakers speakers={event.speakers} />
            <Programme event={event} now={now} open={goTo !== undefined} />
          </div>
          <TicketBox {...box} />
        </div>
      </main>
      <footer>
        <div className="wrap-page row between wrap">
          <span className="row runs-on">
            {t("runsOn")}
            <a className="wordmark" href="/">
              <Logo />
              Plenary
            </a>
          </span>
          <LanguagePicker />
        </div>
      </footer>
      <TicketBar {...box} />
      {asked && (
        <Suspense>
          <RegistrationDialog
            event={event}
            viewer={landing.viewer}
            ticket={chosen?.id}
            start={asked}
            goTo={entrance(event, now)}
            mailbox={landing.installation.mailbox}
            onRegistered={reload}
            onClose={() => setAsked(undefined)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** The present, to the minute: what is on now moves while the page stays open. */
function useMinute(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
