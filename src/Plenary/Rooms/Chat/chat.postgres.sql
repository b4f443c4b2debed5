-- What can be found of what people wrote in rooms: see ChatReading.cs. Search: https://www.postgresql.org/docs/current/textsearch.html
DROP INDEX IF EXISTS "IX_RoomEntries_Words";
DROP FUNCTION IF EXISTS chat_words(text);
-- create
-- Letters without their diacritics and words without what stands between them; SearchWords.cs does the same to what somebody looks for.
CREATE FUNCTION chat_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple', translate(regexp_replace(CASE WHEN getdatabaseencoding() = 'UTF8' THEN normalize(words, NFKD) ELSE words END, '[\u0300-\u036f]', '', 'g'),
    '.,;:/\@-_+&#''"()[]{}<>|!?*=~`^%$', '                                    '))
$$;
CREATE INDEX "IX_RoomEntries_Words" ON "RoomEntries" USING gin (chat_words("Text")) WHERE "Kind" = 'Chat';
