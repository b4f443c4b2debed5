-- What can be found of people, kept in step with their profiles: see DirectoryEntry.cs. Search: https://www.postgresql.org/docs/current/textsearch.html
DROP TRIGGER IF EXISTS "DirectoryPersonMade" ON "People";
DROP TRIGGER IF EXISTS "DirectoryPersonChanged" ON "People";
DO $$ BEGIN
  IF to_regclass('"Profiles"') IS NOT NULL THEN DROP TRIGGER IF EXISTS "DirectoryProfileChanged" ON "Profiles"; END IF;
  IF to_regclass('"EventProfiles"') IS NOT NULL THEN DROP TRIGGER IF EXISTS "DirectoryEventProfileChanged" ON "EventProfiles"; END IF;
END $$;
DROP FUNCTION IF EXISTS directory_person_changed();
DROP FUNCTION IF EXISTS directory_profile_changed();
DROP FUNCTION IF EXISTS directory_refresh(uuid);
DROP VIEW IF EXISTS "DirectoryNow";
-- create
CREATE VIEW "DirectoryNow" AS
  SELECT p."Id" AS "PersonId", NULL::uuid AS "EventId", p."Name", p."Headline", coalesce(f."Company", '') AS "Company", coalesce(f."About", '') AS "About",
    coalesce(f."Visibility", 'Open') AS "Visibility", coalesce(f."Interests", '{}') AS "Interests", coalesce(f."LooksFor", '{}') AS "LooksFor", coalesce(f."Offers", '{}') AS "Offers", coalesce(f."Languages", '{}') AS "Languages"
  FROM "People" p LEFT JOIN "Profiles" f ON f."PersonId" = p."Id"
  UNION ALL
  SELECT p."Id", h."EventId", p."Name", coalesce(h."Headline", p."Headline"), coalesce(f."Company", ''), coalesce(h."About", f."About", ''),
    coalesce(h."Visibility", f."Visibility", 'Open'), coalesce(f."Interests", '{}'), coalesce(h."LooksFor", f."LooksFor", '{}'), coalesce(h."Offers", f."Offers", '{}'), coalesce(f."Languages", '{}')
  FROM "People" p JOIN "EventProfiles" h ON h."PersonId" = p."Id" LEFT JOIN "Profiles" f ON f."PersonId" = p."Id";

-- Letters without their diacritics (U+0300 to U+036F once decomposed) and words without what stands between them: PostgreSQL's parser would keep
-- some.one@example.org together. PeopleSearch.cs does the same to what somebody looks for.
CREATE OR REPLACE FUNCTION directory_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple', translate(regexp_replace(CASE WHEN getdatabaseencoding() = 'UTF8' THEN normalize(words, NFKD) ELSE words END, '[\u0300-\u036f]', '', 'g'),
    '.,;:/\@-_+&#''"()[]{}<>|!?*=~`^%$', '                                    '))
$$;
ALTER TABLE "DirectoryEntries" ADD COLUMN IF NOT EXISTS "Search" tsvector;
CREATE INDEX IF NOT EXISTS "IX_DirectoryEntries_Search" ON "DirectoryEntries" USING gin ("Search");

-- Writes a person's entries anew. Their row is the turn: of two that change the same person the second sees what the first did.
-- It is about one person, so an index is right for each table. Without saying so, a session that fills empty tables keeps the plan that was right
-- for them (look through all of it) for as long as it lasts, and every person costs as much as there are people.
CREATE FUNCTION directory_refresh(who uuid) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE entry bigint;
BEGIN
  PERFORM 1 FROM "People" WHERE "Id" = who FOR NO KEY UPDATE;
  FOR entry IN SELECT "Id" FROM "DirectoryEntries" WHERE "PersonId" = who LOOP
    DELETE FROM "DirectoryTags" WHERE "EntryId" = entry; -- one by one: a join may begin at the other end, with all tags of everybody
  END LOOP;
  DELETE FROM "DirectoryEntries" WHERE "PersonId" = who;
  INSERT INTO "DirectoryEntries"("PersonId", "EventId", "Name", "SortName", "Headline", "Tags", "About", "Visibility", "Search")
    SELECT e.*, setweight(directory_words(e."Name"), 'A') || setweight(directory_words(e."Tags"), 'B') || setweight(directory_words(e."Headline"), 'C') || setweight(directory_words(e."About"), 'D')
    FROM (SELECT n."PersonId", n."EventId", n."Name", lower(n."Name"), trim(n."Headline" || ' ' || n."Company") AS "Headline",
        array_to_string(n."Interests" || n."LooksFor" || n."Offers", ' ') AS "Tags", n."About", n."Visibility"
      FROM "DirectoryNow" n WHERE n."PersonId" = who) e;
  INSERT INTO "DirectoryTags"("EntryId", "Kind", "Key", "Tag")
    SELECT e."Id", t."Kind", lower(t."Tag"), t."Tag"
    FROM "DirectoryNow" n
      JOIN "DirectoryEntries" e ON e."PersonId" = who AND e."EventId" IS NOT DISTINCT FROM n."EventId"
      CROSS JOIN LATERAL (
        SELECT 'Interests' AS "Kind", unnest(n."Interests") AS "Tag" UNION ALL SELECT 'LooksFor', unnest(n."LooksFor")
        UNION ALL SELECT 'Offers', unnest(n."Offers") UNION ALL SELECT 'Languages', unnest(n."Languages")) t
    WHERE n."PersonId" = who
    ON CONFLICT DO NOTHING;
END $$;
CREATE FUNCTION directory_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM directory_refresh(new."Id"); RETURN NULL; END $$;
CREATE FUNCTION directory_profile_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN PERFORM directory_refresh(old."PersonId"); ELSE PERFORM directory_refresh(new."PersonId"); END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "DirectoryPersonMade" AFTER INSERT ON "People" FOR EACH ROW EXECUTE FUNCTION directory_person_changed();
CREATE TRIGGER "DirectoryPersonChanged" AFTER UPDATE OF "Name", "Headline" ON "People" FOR EACH ROW
  WHEN (old."Name" IS DISTINCT FROM new."Name" OR old."Headline" IS DISTINCT FROM new."Headline") EXECUTE FUNCTION directory_person_changed();
CREATE TRIGGER "DirectoryProfileChanged" AFTER INSERT OR UPDATE OR DELETE ON "Profiles" FOR EACH ROW EXECUTE FUNCTION directory_profile_changed();
CREATE TRIGGER "DirectoryEventProfileChanged" AFTER INSERT OR UPDATE OR DELETE ON "EventProfiles" FOR EACH ROW EXECUTE FUNCTION directory_profile_changed();

-- Everybody, once.
SELECT directory_refresh("Id") FROM "People";
ANALYZE "DirectoryEntries";
