-- What can be found of people, kept in step with their profiles: see DirectoryEntry.cs. Search: https://sqlite.org/fts5.html
DROP TRIGGER IF EXISTS "DirectoryPersonMade";
DROP TRIGGER IF EXISTS "DirectoryPersonChanged";
DROP TRIGGER IF EXISTS "DirectoryProfileMade";
DROP TRIGGER IF EXISTS "DirectoryProfileChanged";
DROP TRIGGER IF EXISTS "DirectoryProfileGone";
DROP TRIGGER IF EXISTS "DirectoryEventProfileMade";
DROP TRIGGER IF EXISTS "DirectoryEventProfileChanged";
DROP TRIGGER IF EXISTS "DirectoryEventProfileGone";
DROP TRIGGER IF EXISTS "DirectoryEntryMade";
DROP TRIGGER IF EXISTS "DirectoryEntryGone";
DROP TRIGGER IF EXISTS "DirectoryRefreshed";
DROP VIEW IF EXISTS "DirectoryRefresh";
DROP VIEW IF EXISTS "DirectoryNow";
DROP TABLE IF EXISTS "DirectorySearch";
-- create
CREATE VIEW "DirectoryNow" AS
  SELECT p."Id" AS "PersonId", NULL AS "EventId", p."Name" AS "Name", p."Headline" AS "Headline", coalesce(f."Company", '') AS "Company", coalesce(f."About", '') AS "About",
    coalesce(f."Visibility", 'Open') AS "Visibility", coalesce(f."Interests", '[]') AS "Interests", coalesce(f."LooksFor", '[]') AS "LooksFor", coalesce(f."Offers", '[]') AS "Offers", coalesce(f."Languages", '[]') AS "Languages"
  FROM "People" p LEFT JOIN "Profiles" f ON f."PersonId" = p."Id"
  UNION ALL
  SELECT p."Id", h."EventId", p."Name", coalesce(h."Headline", p."Headline"), coalesce(f."Company", ''), coalesce(h."About", f."About", ''),
    coalesce(h."Visibility", f."Visibility", 'Open'), coalesce(f."Interests", '[]'), coalesce(h."LooksFor", f."LooksFor", '[]'), coalesce(h."Offers", f."Offers", '[]'), coalesce(f."Languages", '[]')
  FROM "People" p JOIN "EventProfiles" h ON h."PersonId" = p."Id" LEFT JOIN "Profiles" f ON f."PersonId" = p."Id";

-- The words themselves stay in DirectoryEntries ("external content"); a diacritic more or less makes no difference.
CREATE VIRTUAL TABLE "DirectorySearch" USING fts5("Name", "Headline", "Tags", "About", content='DirectoryEntries', content_rowid='Id', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE TRIGGER "DirectoryEntryMade" AFTER INSERT ON "DirectoryEntries" BEGIN
  INSERT INTO "DirectorySearch"(rowid, "Name", "Headline", "Tags", "About") VALUES (new."Id", new."Name", new."Headline", new."Tags", new."About");
END;
CREATE TRIGGER "DirectoryEntryGone" AFTER DELETE ON "DirectoryEntries" BEGIN
  INSERT INTO "DirectorySearch"("DirectorySearch", rowid, "Name", "Headline", "Tags", "About") VALUES ('delete', old."Id", old."Name", old."Headline", old."Tags", old."About");
END;

-- Writing a person's id into this view writes their entries anew.
CREATE VIEW "DirectoryRefresh" AS SELECT NULL AS "PersonId" WHERE 0;
CREATE TRIGGER "DirectoryRefreshed" INSTEAD OF INSERT ON "DirectoryRefresh" BEGIN
  DELETE FROM "DirectoryTags" WHERE "EntryId" IN (SELECT "Id" FROM "DirectoryEntries" WHERE "PersonId" = new."PersonId");
  DELETE FROM "DirectoryEntries" WHERE "PersonId" = new."PersonId";
  INSERT INTO "DirectoryEntries"("PersonId", "EventId", "Name", "SortName", "Headline", "Tags", "About", "Visibility")
    SELECT n."PersonId", n."EventId", n."Name", lower(n."Name"), trim(n."Headline" || ' ' || n."Company"),
      coalesce((SELECT group_concat(value, ' ') FROM (SELECT value FROM json_each(n."Interests") UNION ALL SELECT value FROM json_each(n."LooksFor") UNION ALL SELECT value FROM json_each(n."Offers"))), ''),
      n."About", n."Visibility"
    FROM "DirectoryNow" n WHERE n."PersonId" = new."PersonId";
  INSERT INTO "DirectoryTags"("EntryId", "Kind", "Key", "Tag")
    SELECT e."Id", t."Kind", lower(v.value), v.value
    FROM "DirectoryEntries" e
      JOIN "DirectoryNow" n ON n."PersonId" = e."PersonId" AND n."EventId" IS e."EventId"
      JOIN (SELECT 'Interests' AS "Kind" UNION ALL SELECT 'LooksFor' UNION ALL SELECT 'Offers' UNION ALL SELECT 'Languages') t
      JOIN json_each(CASE t."Kind" WHEN 'Interests' THEN n."Interests" WHEN 'LooksFor' THEN n."LooksFor" WHEN 'Offers' THEN n."Offers" ELSE n."Languages" END) v
    WHERE e."PersonId" = new."PersonId"
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER "DirectoryPersonMade" AFTER INSERT ON "People" BEGIN INSERT INTO "DirectoryRefresh" VALUES (new."Id"); END;
CREATE TRIGGER "DirectoryPersonChanged" AFTER UPDATE OF "Name", "Headline" ON "People" WHEN old."Name" IS NOT new."Name" OR old."Headline" IS NOT new."Headline"
  BEGIN INSERT INTO "DirectoryRefresh" VALUES (new."Id"); END;
CREATE TRIGGER "DirectoryProfileMade" AFTER INSERT ON "Profiles" BEGIN INSERT INTO "DirectoryRefresh" VALUES (new."PersonId"); END;
CREATE TRIGGER "DirectoryProfileChanged" AFTER UPDATE ON "Profiles" BEGIN INSERT INTO "DirectoryRefresh" VALUES (new."PersonId"); END;
CREATE TRIGGER "DirectoryProfileGone" AFTER DELETE ON "Profiles" BEGIN INSERT INTO "DirectoryRefresh" VALUES (old."PersonId"); END;
CREATE TRIGGER "DirectoryEventProfileMade" AFTER INSERT ON "EventProfiles" BEGIN INSERT INTO "DirectoryRefresh" VALUES (new."PersonId"); END;
CREATE TRIGGER "DirectoryEventProfileChanged" AFTER UPDATE ON "EventProfiles" BEGIN INSERT INTO "DirectoryRefresh" VALUES (new."PersonId"); END;
CREATE TRIGGER "DirectoryEventProfileGone" AFTER DELETE ON "EventProfiles" BEGIN INSERT INTO "DirectoryRefresh" VALUES (old."PersonId"); END;

-- Everybody, once. What rows are there already are found by the search again after they were written anew.
INSERT INTO "DirectorySearch"("DirectorySearch") VALUES ('rebuild');
INSERT INTO "DirectoryRefresh" SELECT "Id" FROM "People";
