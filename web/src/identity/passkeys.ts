import {
  AddPasskeyDocument,
  PasskeyCreationOptionsDocument,
  PasskeyRequestOptionsDocument,
  SignInWithPasskeyDocument,
} from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";

/** Whether this browser can make and use passkeys. */
export function passkeysWork(): boolean {
  return typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

/** Signs in with a passkey the person picks. Answers where to go, or nothing when they changed their mind. */
export async function signInWithPasskey(): Promise<string | undefined> {
  const { passkeyRequestOptions } = await send(PasskeyRequestOptionsDocument, {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(passkeyRequestOptions));
  const credential = await askDevice(() => navigator.credentials.get({ publicKey }));
  if (!credential) return undefined;
  const { signInWithPasskey: answer } = await send(SignInWithPasskeyDocument, { credential });
  return answer.goTo;
}

/** Makes a passkey on this device. False when the person changed their mind. */
export async function addPasskey(name: string): Promise<boolean> {
  const { passkeyCreationOptions } = await send(PasskeyCreationOptionsDocument, {});
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(passkeyCreationOptions));
  const credential = await askDevice(() => navigator.credentials.create({ publicKey }));
  if (!credential) return false;
  await send(AddPasskeyDocument, { credential, name });
  return true;
}

/** The device's answer as JSON. A closed prompt is not an error; browsers report it as one. */
async function askDevice(ask: () => Promise<Credential | null>): Promise<string | undefined> {
  try {
    const credential = await ask();
    return credential instanceof PublicKeyCredential ? JSON.stringify(credential.toJSON()) : undefined;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
