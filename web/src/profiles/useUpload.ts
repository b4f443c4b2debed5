import { useState } from "react";
import { useText } from "./text.ts";
import { SendError, sendFile } from "./upload.ts";

/** One file on its way: how far it is and why it was not taken. */
export function useUpload(address: string, onDone: () => void) {
  const { t } = useText();
  const [percent, setPercent] = useState<number>();
  const [error, setError] = useState<string>();
  const send = async (file: Blob) => {
    setError(undefined);
    setPercent(0);
    try {
      await sendFile(address, file, setPercent);
      onDone();
    } catch (failure) {
      setError((failure instanceof SendError && failure.message) || t("upload.failed"));
    } finally {
      setPercent(undefined);
    }
  };
  return { percent, error, setError, send: (file: Blob) => void send(file) };
}
