import { expect, test } from "vitest";
import { hostStep } from "./host";
import { EMPTY_PLAN, type Plan } from "./plan";

const hostedBy = (peer: string | undefined, version = 3): Plan => ({
  ...EMPTY_PLAN,
  version,
  host: peer === undefined ? undefined : { peer, person: "p", name: "P" },
});
const view = { plan: hostedBy("me"), peer: "me", open: true, uploading: false, since: 0, tried: 0 };

test("a window that is named takes over an open broadcast, once for each time", () => {
  expect(hostStep(view)).toBe("take-over");
  expect(hostStep({ ...view, tried: 3 })).toBe("nothing");
  expect(hostStep({ ...view, tried: 3, plan: hostedBy("me", 4) })).toBe("take-over");
});

test("nobody takes over what is not open, nor what is another's", () => {
  expect(hostStep({ ...view, open: false })).toBe("nothing");
  expect(hostStep({ ...view, plan: hostedBy("other") })).toBe("nothing");
  expect(hostStep({ ...view, plan: hostedBy(undefined), peer: undefined })).toBe("nothing");
});

test("a window that uploads goes on until a newer plan names another", () => {
  const uploading = { ...view, uploading: true, since: 3 };
  expect(hostStep(uploading)).toBe("nothing");
  expect(hostStep({ ...uploading, plan: hostedBy(undefined) })).toBe("nothing");
  expect(hostStep({ ...uploading, plan: hostedBy("other", 2) })).toBe("nothing");
  expect(hostStep({ ...uploading, plan: hostedBy("other", 4) })).toBe("stand-down");
});
