import { pictureOf } from "../design/art.ts";

interface AvatarProps {
  name: string;
  photoUrl?: string | null;
  portrait?: string | null;
  size?: "xs" | "md" | "lg" | "xl";
  /** Presence is shape and colour. Say it in words beside the picture too. */
  presence?: "on" | "away" | "busy" | "stage";
}

/** A person's picture, or the first letters of the name. Decoration: the name stands beside it. */
export function Avatar({ name, photoUrl, portrait, size, presence }: AvatarProps) {
  const picture = pictureOf({ photoUrl: photoUrl ?? null, portrait: portrait ?? null });
  return (
    <span className={["av", size].filter(Boolean).join(" ")} data-p={presence}>
      {picture ? (
        <img src={picture} alt="" width="96" height="96" loading="lazy" />
      ) : (
        <span className="mono" aria-hidden="true">
          {initials(name)}
        </span>
      )}
    </span>
  );
}

/** Up to two letters: of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("");
}
