import type { Visibility } from "../gql/graphql.ts";
import { initials } from "../platform/components/Avatar.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import type { Draft } from "./draft.ts";
import { languageName } from "./languages.ts";
import { useText } from "./text.ts";

interface CardPreviewProps {
  draft: Draft;
  picture: string | null | undefined;
  introVideo: string | null | undefined;
  shownTo: Visibility;
}

/** The card as others get it, while it is being written. */
export function CardPreview({ draft, picture, introVideo, shownTo }: CardPreviewProps) {
  const { t } = useText();
  const { name, headline, company, about, interests, looksFor, offers, languages } = draft;
  const line = [headline, company && !headline.toLocaleLowerCase().includes(company.toLocaleLowerCase()) ? company : ""]
    .filter(Boolean)
    .join(", ");
  const empty = !line && !about && interests.length + looksFor.length + offers.length + languages.length === 0;
  const groups = [
    { key: "interests", tags: interests },
    { key: "looksFor", tags: looksFor },
    { key: "offers", tags: offers },
    { key: "languages", tags: languages.map(languageName) },
  ] as const;
  return (
    <aside className="preview" aria-labelledby="preview">
      <h2 className="label" id="preview">
        {t("preview")}
      </h2>
      <div className="card own-card">
        {picture ? (
          <img className="por" src={picture} alt="" width="640" height="400" />
        ) : (
          <span className="por initials" aria-hidden="true">
            {initials(name)}
          </span>
        )}
        <p className="h3">{name || t("name")}</p>
        {line && <p className="muted">{line}</p>}
        {about && <p className="about">{about}</p>}
        {empty && <p className="muted small">{t("previewEmpty")}</p>}
        {introVideo && (
          // biome-ignore lint/a11y/useMediaCaption: people record half a minute of themselves; nobody writes captions for it
          <video className="intro" src={introVideo} controls preload="none" aria-label={t("intro.play")} />
        )}
        {groups.map(
          ({ key, tags }) =>
            tags.length > 0 && (
              <div key={key}>
                <p className="label">{t(key)}</p>
                <div className="tags">
                  {tags.map((tag) => (
                    <span className="chip tag" key={tag}>
                      {tag}
                    </span>
                  ))}
                </div>
              </div>
            ),
        )}
      </div>
      <p className="shown small muted">
        <Icon name={shownTo === "HIDDEN" ? "lock" : "eye"} size="sm" />
        {t(`shownTo.${shownTo}`)}
      </p>
    </aside>
  );
}
