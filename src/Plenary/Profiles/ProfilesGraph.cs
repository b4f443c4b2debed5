using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;

namespace Plenary.Profiles;

/// <summary>The viewer's own profile as they edit it.</summary>
/// <param name="Person">Whose it is.</param>
/// <param name="Profile">Null while they never said anything.</param>
/// <param name="Editable">This session may change it.</param>
public sealed record MyProfile(Person Person, Profile? Profile, bool Editable);

/// <summary>The viewer's own profile at one event.</summary>
public sealed record MyProfileAt(ProfileAt At);

internal sealed class ProfilesGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<MyProfileType>("myProfile").Description("What the viewer tells of themselves; null for a stranger.").ResolveAsync(async context => await Mine(context));
        graph.Query.Field<ListGraphType<NonNullGraphType<ProfileCardType>>>("profileCards")
            .Description("What the viewer may see of these people at the event, at most 100; whoever they may not see is absent. Null for who is not of the event.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("people")
            .ResolveAsync(async context => await Cards(context));
        graph.Mutation.Field<NonNullGraphType<MyProfileType>>("saveProfile").Description("Changes what is given and leaves the rest. A session of one event may do so only until the person has signed in otherwise.")
            .Argument<NonNullGraphType<SaveProfileInput>>("input").ResolveAsync(async context =>
            {
                LimitPerson(context, RateLimit.Profile);
                await using var db = await context.OpenDb();
                await context.Service<ProfileEditing>().Save(db, context.Viewer(), context.GetArgument<ProfileWish>("input"), context.CancellationToken);
                return await Mine(context);
            });
        Remove(graph.Mutation, "removePicture", "picture", (uploads, viewer, cancellation) => uploads.RemovePicture(viewer, cancellation));
        Remove(graph.Mutation, "removeIntroVideo", "intro video", (uploads, viewer, cancellation) => uploads.RemoveIntro(viewer, cancellation));
        graph.Mutation.Field<NonNullGraphType<MyEventProfileType>>("saveEventProfile").Description("What the viewer says differently at one event, all of it: what is left out is as in their profile.")
            .Argument<NonNullGraphType<SaveEventProfileInput>>("input").ResolveAsync(async context =>
            {
                LimitPerson(context, RateLimit.Profile);
                var wish = context.GetArgument<EventProfileWish>("input");
                var eventId = GraphContext.ParseId(wish.Event, "event");
                await using var db = await context.OpenDb();
                var saved = await context.Service<ProfileEditing>().Save(db, context.Viewer(), eventId, wish, context.CancellationToken);
                return await At(context, saved.PersonId, eventId);
            });
        graph.Mutation.Field<NonNullGraphType<MyEventProfileType>>("chooseVisibility").Description("Who sees the viewer at this event; left out: as in their profile.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<VisibilityType>("visibility").ResolveAsync(async context =>
            {
                LimitPerson(context, RateLimit.Profile);
                var eventId = context.Id("event");
                await using var db = await context.OpenDb();
                var saved = await context.Service<ProfileEditing>().ChooseVisibility(db, context.Viewer(), eventId, context.GetArgument<Visibility?>("visibility"), context.CancellationToken);
                return await At(context, saved.PersonId, eventId);
            });
    }

    private static void Remove(ObjectGraphType mutation, string name, string what, Func<ProfileUploads, Viewer, CancellationToken, Task> remove) =>
        mutation.Field<NonNullGraphType<MyProfileType>>(name).Description($"Takes the viewer's {what} away; a new one is sent by POST to /profiles/{(name == "removePicture" ? "picture" : "intro")}.").ResolveAsync(async context =>
        {
            LimitPerson(context, RateLimit.Profile);
            await remove(context.Service<ProfileUploads>(), context.Viewer(), context.CancellationToken);
            return await Mine(context);
        });

    internal static async Task<MyProfile?> Mine(IResolveFieldContext context)
    {
        if (context.Viewer() is not { PersonId: { } id } viewer) return null;
        await using var db = await context.OpenDb();
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, context.CancellationToken) is not { } person) return null;
        return new(person, await db.Set<Profile>().AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == id, context.CancellationToken), ProfileEditing.MayEdit(viewer, person));
    }

    /// <summary>The viewer's own profile at the event; the caller has made sure that it is theirs.</summary>
    internal static async Task<MyProfileAt> At(IResolveFieldContext context, Guid person, Guid eventId)
    {
        await using var db = await context.OpenDb();
        return new((await ProfileReading.At(db, eventId, [person], context.CancellationToken))[person]);
    }

    internal static void LimitPerson(IResolveFieldContext context, RateLimit limit) => context.Limit(limit, context.Viewer().RequirePerson().ToString());

    private static async Task<IEnumerable<ProfileCard>?> Cards(IResolveFieldContext context)
    {
        var eventId = context.Id("event");
        var people = context.GetArgument<List<string>>("people").Take(100).Select(id => GraphContext.ParseId(id, "people")).Distinct().ToList();
        await using var db = await context.OpenDb();
        if (context.Viewer().At(eventId) is not { } viewer || !await db.IsOf(eventId, viewer, context.CancellationToken)) return null;
        var cards = await context.Service<ProfileReading>().Cards(db, eventId, viewer, people, context.CancellationToken);
        return people.Where(cards.ContainsKey).Select(p => cards[p]);
    }
}
