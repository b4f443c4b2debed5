-- What can be found of what people wrote in rooms, kept in step with the log: see ChatReading.cs. Search: https://sqlite.org/fts5.html
DROP TRIGGER IF EXISTS "ChatWritten";
DROP TRIGGER IF EXISTS "ChatChanged";
DROP TRIGGER IF EXISTS "ChatGone";
DROP TABLE IF EXISTS "ChatSearch";
DROP TABLE IF EXISTS "ChatPlaces";
-- create
-- The log's key is a room and a number; the index wants one number that stays.
CREATE TABLE "ChatPlaces" ("Id" INTEGER PRIMARY KEY, "RoomId" TEXT NOT NULL, "Seq" INTEGER NOT NULL, UNIQUE ("RoomId", "Seq"));
CREATE VIRTUAL TABLE "ChatSearch" USING fts5("Text", tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE TRIGGER "ChatWritten" AFTER INSERT ON "RoomEntries" WHEN new."Kind" = 'Chat' AND new."Text" IS NOT NULL BEGIN
  INSERT INTO "ChatPlaces"("RoomId", "Seq") VALUES (new."RoomId", new."Seq");
  INSERT INTO "ChatSearch"(rowid, "Text") SELECT "Id", new."Text" FROM "ChatPlaces" WHERE "RoomId" = new."RoomId" AND "Seq" = new."Seq";
END;
CREATE TRIGGER "ChatChanged" AFTER UPDATE OF "Text" ON "RoomEntries" WHEN old."Kind" = 'Chat' AND old."Text" IS NOT new."Text" BEGIN
  UPDATE "ChatSearch" SET "Text" = coalesce(new."Text", '') WHERE rowid = (SELECT "Id" FROM "ChatPlaces" WHERE "RoomId" = new."RoomId" AND "Seq" = new."Seq");
END;
CREATE TRIGGER "ChatGone" AFTER DELETE ON "RoomEntries" WHEN old."Kind" = 'Chat' BEGIN
  DELETE FROM "ChatSearch" WHERE rowid = (SELECT "Id" FROM "ChatPlaces" WHERE "RoomId" = old."RoomId" AND "Seq" = old."Seq");
  DELETE FROM "ChatPlaces" WHERE "RoomId" = old."RoomId" AND "Seq" = old."Seq";
END;
INSERT INTO "ChatPlaces"("RoomId", "Seq") SELECT "RoomId", "Seq" FROM "RoomEntries" WHERE "Kind" = 'Chat' AND "Text" IS NOT NULL;
INSERT INTO "ChatSearch"(rowid, "Text") SELECT p."Id", e."Text" FROM "ChatPlaces" p JOIN "RoomEntries" e ON e."RoomId" = p."RoomId" AND e."Seq" = p."Seq";
