using GraphQL;
using GraphQL.Types;
using Plenary.Conduct;
using Plenary.Rooms.Held;

namespace Plenary.Moderation;

/// <summary>Times as the graph tells them.</summary>
internal static class Times
{
    /// <summary>Unix milliseconds.</summary>
    public static double? Milliseconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}

/// <summary>The queue in the graph. Times are Unix milliseconds of the server's clock.</summary>
public sealed class ModerationQueueType : ObjectGraphType<QueueOfEvent>
{
    public ModerationQueueType()
    {
        Name = "ModerationQueue";
        Field("now", q => (double)q.Now.ToUnixTimeMilliseconds());
        Field(q => q.SeesLog).Description("The viewer may read the audit log.");
        Field("items", q => q.Items, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<ModerationItemType>>>)).Description("Longest waiting first.");
        Field("restricted", q => q.Restricted, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<RestrictionType>>>)).Description("Who is restricted now, latest first.");
    }
}

/// <summary>Something that waits, in the graph.</summary>
public sealed class ModerationItemType : ObjectGraphType<QueueItem>
{
    public ModerationItemType()
    {
        Name = "ModerationItem";
        Field(i => i.Kind).Description("report, held, question or appeal.");
        Field("id", i => i.Id, type: typeof(NonNullGraphType<IdGraphType>)).Description("Of the report, message, question or restriction.");
        Field("room", i => i.Room, type: typeof(IdGraphType));
        Field(i => i.RoomName, nullable: true);
        Field("person", i => i.Person, type: typeof(IdGraphType)).Description("Whom it is about; null for an anonymous question.");
        Field(i => i.Name);
        Field(i => i.Text);
        Field(i => i.Why).Description("Of a held message delay, room, words or link; of a report what it is about; of an appeal the restriction.");
        Field("at", i => (double)i.At.ToUnixTimeMilliseconds());
        Field("releaseAt", i => Times.Milliseconds(i.ReleaseAt), nullable: true).Description("When a held message is shown by itself.");
        Field(i => i.Note).Description("What a reporter wrote.");
        Field(i => i.Context, nullable: true).Description("JSON of what a reporter sent along.");
    }
}

/// <summary>A restriction in the graph.</summary>
public sealed class RestrictionType : ObjectGraphType<RestrictionNow>
{
    public RestrictionType()
    {
        Name = "Restriction";
        Field("id", r => r.Restriction.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("event", r => r.Restriction.EventId, type: typeof(NonNullGraphType<IdGraphType>));
        Field("person", r => r.Restriction.PersonId, type: typeof(NonNullGraphType<IdGraphType>));
        Field(r => r.Name);
        Field("kind", r => r.Restriction.Kind, type: typeof(NonNullGraphType<RestrictionKindType>));
        Field("room", r => r.Restriction.RoomId, type: typeof(IdGraphType)).Description("Null for the whole event.");
        Field(r => r.RoomName, nullable: true);
        Field("reason", r => r.Restriction.Reason);
        Field("since", r => (double)r.Restriction.Since.ToUnixTimeMilliseconds());
        Field("until", r => Times.Milliseconds(r.Restriction.Until), nullable: true).Description("Null when it has no end.");
        Field("appeal", r => r.Said, nullable: true).Description("What the person said about it.");
        Field("answer", r => r.Answered, nullable: true).Description("What they were answered.");
    }
}

public sealed class RestrictionKindType : EnumerationGraphType<RestrictionKind>
{
    public RestrictionKindType()
    {
        Name = "RestrictionKind";
        Description = "MUTE says nothing; TIME_OUT is in no room until it is over; REMOVAL is not in one room; BAN is not of the event any more.";
    }
}

public sealed class RulePolicyType : EnumerationGraphType<RulePolicy>
{
    public RulePolicyType() => Name = "RulePolicy";
}

/// <summary>The rules of a room in the graph.</summary>
public sealed class RoomRulesType : ObjectGraphType<RoomRules>
{
    public RoomRulesType()
    {
        Name = "RoomRules";
        Field("room", r => r.RoomId, type: typeof(NonNullGraphType<IdGraphType>));
        Field(r => r.SlowSeconds).Description("Seconds from one message of a person to their next; 0 for none.");
        Field(r => r.DelaySeconds).Description("Seconds that a message waits before others see it; 0 for none.");
        Field(r => r.HoldsAll).Description("Every message waits for a moderator.");
        Field(r => r.Locked).Description("Only staff and speakers write.");
        Field("links", r => r.Links, type: typeof(NonNullGraphType<RulePolicyType>));
        Field("wordPolicy", r => r.WordPolicy, type: typeof(NonNullGraphType<RulePolicyType>));
        Field(r => r.Words).Description("One word or phrase a line, a star for any ending; empty for whoever is not of the staff.");
    }
}

/// <summary>What is left out stays as it is.</summary>
public sealed class RoomRulesInput : InputObjectGraphType<RulesWish>
{
    public RoomRulesInput()
    {
        Name = "RoomRulesInput";
        Field<IntGraphType>("slowSeconds");
        Field<IntGraphType>("delaySeconds");
        Field<BooleanGraphType>("holdsAll");
        Field<BooleanGraphType>("locked");
        Field<RulePolicyType>("links");
        Field<RulePolicyType>("wordPolicy");
        Field<StringGraphType>("words");
    }

    public override object ParseDictionary(IDictionary<string, object?> value) =>
        new RulesWish(Guid.Empty, Read<int>(value, "slowSeconds"), Read<int>(value, "delaySeconds"), Read<bool>(value, "holdsAll"), Read<bool>(value, "locked"), Read<RulePolicy>(value, "links"), Read<RulePolicy>(value, "wordPolicy"), value.TryGetValue("words", out var words) ? (string?)words : null);

    private static T? Read<T>(IDictionary<string, object?> value, string name) where T : struct => value.TryGetValue(name, out var said) ? (T?)said : null;
}

/// <summary>A line of the audit log in the graph.</summary>
public sealed class ModerationActType : ObjectGraphType<ModerationAct>
{
    public ModerationActType()
    {
        Name = "ModerationAct";
        Field("id", a => a.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("kind", a => a.Kind, type: typeof(NonNullGraphType<ModerationActKindType>));
        Field("at", a => (double)a.At.ToUnixTimeMilliseconds());
        Field("by", a => a.ById, type: typeof(NonNullGraphType<IdGraphType>));
        Field(a => a.ByName);
        Field("about", a => a.AboutId, type: typeof(IdGraphType));
        Field(a => a.AboutName);
        Field("room", a => a.RoomId, type: typeof(IdGraphType));
        Field(a => a.Reason);
        Field(a => a.Detail);
    }
}

public sealed class ModerationActKindType : EnumerationGraphType<ModerationActKind>
{
    public ModerationActKindType() => Name = "ModerationActKind";
}

/// <summary>What a moderator knows about a person, in the graph.</summary>
public sealed class PersonBeforeType : ObjectGraphType<PersonBefore>
{
    public PersonBeforeType()
    {
        Name = "PersonBefore";
        Field("person", p => p.Person, type: typeof(NonNullGraphType<IdGraphType>));
        Field(p => p.Name);
        Field("registeredAt", p => Times.Milliseconds(p.RegisteredAt), nullable: true);
        Field(p => p.Messages);
        Field("acts", p => p.Acts, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<ModerationActType>>>)).Description("Latest first; at most 20.");
    }
}

/// <summary>A held message of the viewer's own, in the graph.</summary>
public sealed class HeldMessageType : ObjectGraphType<HeldMessage>
{
    public HeldMessageType()
    {
        Name = "HeldMessage";
        Field("id", h => h.EntryId, type: typeof(NonNullGraphType<IdGraphType>));
        Field(h => h.Text);
        Field("at", h => (double)h.At.ToUnixTimeMilliseconds());
        Field("releaseAt", h => Times.Milliseconds(h.ReleaseAt), nullable: true);
    }
}
