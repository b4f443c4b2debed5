import type { ReactNode } from "react";
import { coverArt } from "../platform/design/art.ts";
import { Wordmark } from "../platform/shell/Message.tsx";
import { usePlatformText } from "../platform/text.ts";
import "./identity.css";

interface IdentityFrameProps {
  title: string;
  text?: string | undefined;
  children?: ReactNode;
}

/** One thing to do, beside the hall: signing in, opening a link, the first start. */
export function IdentityFrame({ title, text, children }: IdentityFrameProps) {
  const { t } = usePlatformText();
  return (
    <div className="identity" data-brand="">
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <div className="side-form">
        <header>
          <Wordmark />
        </header>
        <main id="main">
          <h1 className="h1">{title}</h1>
          {text && <p className="muted">{text}</p>}
          <div className="stack act">{children}</div>
        </main>
      </div>
      <div className="hall" aria-hidden="true">
        <img src={coverArt("hall")} alt="" />
      </div>
    </div>
  );
}
