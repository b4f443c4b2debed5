import type { ReactNode } from "react";
import { Link } from "wouter";
import { Logo } from "../components/Icon.tsx";
import { usePlatformText } from "../text.ts";

/** The wordmark, leading home. */
export function Wordmark() {
  const { t } = usePlatformText();
  return (
    <Link href="/" className="wordmark" aria-label={t("plenaryHome")}>
      <Logo />
      Plenary
    </Link>
  );
}

interface MessagePageProps {
  title: string;
  children: ReactNode;
  /** One action. */
  action?: ReactNode;
}

/** A page that only says one thing: what happened, what it means, what to do. */
export function MessagePage({ title, children, action }: MessagePageProps) {
  return (
    <div className="message-page">
      <header className="topbar">
        <Wordmark />
      </header>
      <main id="main" className="message">
        <h1 className="h1">{title}</h1>
        <div className="lead">{children}</div>
        {action && <div className="row wrap">{action}</div>}
      </main>
    </div>
  );
}
