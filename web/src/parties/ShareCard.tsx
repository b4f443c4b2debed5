import { Avatar, Button, Icon, Logo, useToast } from "../platform/components/index.ts";
import type { MetPerson } from "./party.ts";
import { capital, inWords } from "./reason.ts";
import { drawCard } from "./shareImage.ts";
import { useText } from "./text.ts";

const FACES = 3;

interface ShareCardProps {
  event: string;
  rounds: number;
  people: MetPerson[];
}

/** Something to show around: how many people one met. Only who connected with us is pictured, the rest are a number. */
export function ShareCard({ event, rounds, people }: ShareCardProps) {
  const { t } = useText();
  const toast = useToast();
  const shown = people.filter(({ connected }) => connected === "mutual").slice(0, FACES);
  const rest = people.length - shown.length;
  const big = [
    capital(t("share.rounds", { count: rounds, number: inWords(t, rounds) })),
    t("share.people", { count: people.length, number: inWords(t, people.length) }),
  ] as const;
  const save = async () => {
    const image = await drawCard({
      event,
      lines: big,
      came: t("share.came"),
      faces: shown.map(({ card }) => card),
      rest,
    });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(image);
    link.download = "cocktail-party.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(location.pathname.split("/party/")[0] ?? "/", location.href).href);
    toast({ text: t("share.copied"), icon: "link" });
  };
  return (
    <section aria-label={t("share.title")}>
      <div className="sc">
        <img className="art" src="/art/hall.svg" alt="" />
        <div className="in">
          <p className="small row who">
            <span className="mark" aria-hidden="true">
              <Logo />
            </span>
            {event}
          </p>
          <p className="big">
            {big[0]},
            <br />
            {big[1]}
          </p>
          <p className="small came soft">{t("share.came")}</p>
          <div className="faces">
            {shown.map(({ card }) => (
              <Avatar key={card.person} name={card.name} photoUrl={card.picture ?? null} />
            ))}
            {rest > 0 && (
              <span className="av">
                <span className="mono" role="img" aria-label={t("share.more", { count: rest })}>
                  {shown.length > 0 ? `+${rest}` : rest}
                </span>
              </span>
            )}
          </div>
          <p className="tiny soft">{t("share.only")}</p>
        </div>
      </div>
      <div className="row acts2">
        <Button
          className="grow"
          onClick={() => void save().catch(() => toast({ text: t("share.failed"), icon: "warn" }))}
        >
          <Icon name="dl" size="sm" />
          {t("share.save")}
        </Button>
        <Button
          className="grow"
          onClick={() => void copy().catch(() => toast({ text: t("share.failed"), icon: "warn" }))}
        >
          <Icon name="link" size="sm" />
          {t("share.copy")}
        </Button>
      </div>
    </section>
  );
}
