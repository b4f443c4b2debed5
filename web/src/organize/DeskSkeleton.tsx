import { Skeleton } from "../platform/components/index.ts";
import { Wordmark } from "../platform/shell/Message.tsx";

/** The desk before its event arrived: the same frame, so that nothing jumps. */
export function DeskSkeleton() {
  return (
    <div className="shell" aria-busy="true">
      <div className="side">
        <div className="side-mark">
          <Wordmark />
        </div>
        <Skeleton height={48} />
        {[1, 2, 3, 4, 5].map((line) => (
          <div className="side-line" key={line}>
            <Skeleton width={`${70 - line * 6}%`} />
          </div>
        ))}
      </div>
      <main className="main" id="main" aria-hidden="true">
        <div className="crumb">
          <Skeleton width="180px" />
        </div>
        <div className="headrow">
          <div className="stack grow">
            <Skeleton width="44%" height={36} />
            <Skeleton width="60%" />
          </div>
        </div>
        <div className="stack">
          <Skeleton height={104} />
          <Skeleton height={300} />
        </div>
      </main>
    </div>
  );
}
