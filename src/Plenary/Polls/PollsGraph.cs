using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Graph;

namespace Plenary.Polls;

/// <summary>Polls in the graph. Votes come by the hub.</summary>
internal sealed class PollsGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<PollsType>>("polls").Description("The polls of a room that the viewer may enter; drafts and hidden results only for its staff. Refused as not-found otherwise.")
            .Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context =>
            {
                var (now, staff) = await context.Service<Polling>().Of(context.Viewer(), context.Id("room"), context.CancellationToken);
                return new PollsOfViewer(now, staff);
            });
        graph.Query.Field<NonNullGraphType<LeaderboardType>>("leaderboard").Description("Who is ahead in a quiz, by its closed questions: the first ten, and the viewer.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<StringGraphType>>("series")
            .ResolveAsync(async context => await context.Service<Leaderboards>().Of(context.Viewer(), context.Id("room"), context.GetArgument<string>("series"), context.CancellationToken));
        var mutation = graph.Mutation;
        mutation.Field<NonNullGraphType<PollType>>("savePoll").Description("Adds a draft under a new id, or changes a draft. Staff only.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<SavePollInput>>("input")
            .ResolveAsync(async context => await context.Service<Polling>().Save(context.Viewer(), context.Id("room"), context.Id("id"), context.GetArgument<PollWish>("input"), context.CancellationToken));
        mutation.Field<NonNullGraphType<PollType>>("openPoll").Description("Opens a poll; a closed one again, with the votes it has. Staff only.").Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context => await context.Service<Polling>().Open(context.Viewer(), context.Id("id"), context.CancellationToken));
        mutation.Field<NonNullGraphType<PollType>>("closePoll").Description("Closes a poll, and everybody sees its results. Staff only.").Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context => await context.Service<Polling>().Close(context.Viewer(), context.Id("id"), context.CancellationToken));
        mutation.Field<NonNullGraphType<BooleanGraphType>>("removePoll").Description("Removes a poll with its votes. Staff only.").Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context =>
            {
                await context.Service<Polling>().Remove(context.Viewer(), context.Id("id"), context.CancellationToken);
                return true;
            });
    }
}

/// <summary>The polls of a room, and what the viewer is to them.</summary>
public sealed record PollsOfViewer(PollsNow Now, bool Staff);

/// <summary>The polls of a room in the graph, named as rooms are told them. Times are Unix milliseconds.</summary>
public sealed class PollsType : ObjectGraphType<PollsOfViewer>
{
    public PollsType()
    {
        Name = "Polls";
        Field("room", p => p.Now.Room, type: typeof(NonNullGraphType<IdGraphType>));
        Field("version", p => (double)p.Now.Version).Description("Of two about the same poll the higher is true.");
        Field("now", p => (double)p.Now.Now).Description("The server's clock in Unix milliseconds.");
        Field(p => p.Staff).Description("The viewer makes, opens and closes polls here.");
        Field("drafts", p => p.Now.Drafts).Description("Rises with every change of the drafts.");
        Field("polls", p => p.Now.Polls, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<PollType>>>)).Description("In their order.");
    }
}

/// <summary>A poll in the graph.</summary>
public sealed class PollType : ObjectGraphType<PollNow>
{
    public PollType()
    {
        Name = "Poll";
        Field("id", p => p.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("kind", p => p.Kind, type: typeof(NonNullGraphType<EnumerationGraphType<PollKind>>));
        Field("state", p => p.State, type: typeof(NonNullGraphType<EnumerationGraphType<PollState>>));
        Field(p => p.Question);
        Field("options", p => p.Options, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>));
        Field(p => p.Anonymous).Description("Nothing that is kept says who chose what; a vote cannot be changed.");
        Field(p => p.Live).Description("Its results are seen while it is open.");
        Field(p => p.Most).Description("Options that may be chosen, words that may be said, or the highest rating.");
        Field("openedAt", p => (double?)p.OpenedAt, nullable: true);
        Field("closesAt", p => (double?)p.ClosesAt, nullable: true).Description("When it closes by itself, or was closed.");
        Field(p => p.BonusSeconds).Description("Of a quiz: so long an answer earns more the earlier it comes.");
        Field(p => p.ClosesAfter, nullable: true).Description("It closes by itself so many seconds after it was opened.");
        Field(p => p.Right, nullable: true).Description("Which option of a quiz is right; once it is closed.");
        Field(p => p.Series).Description("The quiz it belongs to.");
        Field(p => p.Place).Description("Which question of its quiz it is, from 1.");
        Field(p => p.Voters).Description("People whose vote counts.");
        Field("results", p => p.Results, type: typeof(ListGraphType<NonNullGraphType<PollResultType>>)).Description("Null while they are hidden.");
        Field<StringGraphType>("yours").Description("What the viewer chose, as JSON; null when they have not, and always when it is anonymous.").Resolve(context =>
        {
            if (context.Viewer().PersonId is not { } me || context.Source.Anonymous) return null;
            return context.Batch<Guid, PollVote>("pollVotesOfViewer", (db, polls) => db.Set<PollVote>().Where(v => polls.Contains(v.PollId) && v.PersonId == me), v => v.PollId).One(context.Source.Id).Then(vote => vote?.Choice);
        });
        Field<NonNullGraphType<BooleanGraphType>>("voted").Description("The viewer's vote counts.").Resolve(context =>
        {
            if (context.Viewer().PersonId is not { } me) return false;
            return context.Source.Anonymous
                ? context.Batch<Guid, PollVoter>("pollVotersOfViewer", (db, polls) => db.Set<PollVoter>().Where(v => polls.Contains(v.PollId) && v.PersonId == me), v => v.PollId).One(context.Source.Id).Then(vote => vote is not null)
                : context.Batch<Guid, PollVote>("pollVotesOfViewer", (db, polls) => db.Set<PollVote>().Where(v => polls.Contains(v.PollId) && v.PersonId == me), v => v.PollId).One(context.Source.Id).Then(vote => vote is not null);
        });
    }
}

/// <summary>One line of a poll's results in the graph.</summary>
public sealed class PollResultType : ObjectGraphType<PollResult>
{
    public PollResultType()
    {
        Name = "PollResult";
        Field(r => r.Label);
        Field(r => r.Count).Description("People who chose it; of a ranking, its points by the count of Borda.");
    }
}

/// <summary>A draft as it is sent.</summary>
public sealed class SavePollInput : InputObjectGraphType<PollWish>
{
    public SavePollInput()
    {
        Name = "SavePollInput";
        Field(w => w.Question);
        Field("kind", w => w.Kind, type: typeof(NonNullGraphType<EnumerationGraphType<PollKind>>));
        Field("options", w => w.Options, type: typeof(ListGraphType<NonNullGraphType<StringGraphType>>));
        Field<BooleanGraphType>("anonymous").DefaultValue(false);
        Field<BooleanGraphType>("live").DefaultValue(false).Description("Show the results while it is open.");
        Field(w => w.Most, nullable: true).Description("Options that may be chosen, words that may be said (1 to 5), or the highest rating (2 to 10).");
        Field(w => w.Right, nullable: true).Description("Of a quiz, which option is right.");
        Field(w => w.BonusSeconds, nullable: true).Description("Of a quiz; 20 when it is not said.");
        Field(w => w.ClosesAfter, nullable: true).Description("Close it by itself so many seconds after it was opened.");
        Field(w => w.Series, nullable: true).Description("Questions of a quiz with the same name have one leaderboard.");
    }
}
