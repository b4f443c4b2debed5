using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Graph;

namespace Plenary.Profiles;

public sealed class VisibilityType : EnumerationGraphType<Visibility>
{
    public VisibilityType()
    {
        Name = "Visibility";
        Values.FindByValue(Visibility.Open)!.Description = "Everybody of the event sees the profile.";
        Values.FindByValue(Visibility.Matches)!.Description = "Only those the person met, was suggested to or is connected with.";
        Values.FindByValue(Visibility.Hidden)!.Description = "Nobody; the name shows only where the person speaks up by themselves.";
    }
}

public sealed class MyProfileType : ObjectGraphType<MyProfile>
{
    public MyProfileType()
    {
        Name = "MyProfile";
        Description = "The viewer's own profile as they edit it.";
        Field("id", p => p.Person.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("name", p => p.Person.Name);
        Field("headline", p => p.Person.Headline);
        Field<NonNullGraphType<StringGraphType>>("about").Resolve(context => context.Source.Profile?.About ?? "");
        Field<NonNullGraphType<StringGraphType>>("company").Resolve(context => context.Source.Profile?.Company ?? "");
        Field<StringGraphType>("picture").Description("A path of this site, for the viewer themselves.").Resolve(context => ProfileFiles.PictureOf(Guid.Empty, context.Source.Profile));
        Field<StringGraphType>("introVideo").Description("A path of this site, for the viewer themselves.").Resolve(context => ProfileFiles.IntroOf(Guid.Empty, context.Source.Profile));
        List("interests", p => p?.Interests);
        List("looksFor", p => p?.LooksFor);
        List("offers", p => p?.Offers);
        List("languages", p => p?.Languages);
        Field<NonNullGraphType<VisibilityType>>("visibility").Resolve(context => context.Source.Profile?.Visibility ?? Visibility.Open);
        Field("editable", p => p.Editable).Description("This session may change it; else only what one event shows.");
        Field<MyEventProfileType>("at").Description("The same at one event; null for who is not of it.").Argument<NonNullGraphType<IdGraphType>>("event").ResolveAsync(async context =>
        {
            var eventId = context.Id("event");
            await using var db = await context.OpenDb();
            return context.Viewer().At(eventId) is { } person && await db.IsOf(eventId, person, context.CancellationToken) ? await ProfilesGraph.At(context, person, eventId) : null;
        });
    }

    private void List(string name, Func<Profile?, string[]?> of) =>
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>(name).Resolve(context => of(context.Source.Profile) ?? []);
}

public sealed class MyEventProfileType : ObjectGraphType<MyProfileAt>
{
    public MyEventProfileType()
    {
        Name = "MyEventProfile";
        Description = "What the viewer says differently at one event; null is as in their profile.";
        Field("event", p => p.At.EventId, type: typeof(NonNullGraphType<IdGraphType>));
        Field<StringGraphType>("headline").Resolve(context => context.Source.At.Here?.Headline);
        Field<StringGraphType>("about").Resolve(context => context.Source.At.Here?.About);
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("looksFor").Resolve(context => context.Source.At.Here?.LooksFor);
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("offers").Resolve(context => context.Source.At.Here?.Offers);
        Field<VisibilityType>("visibility").Resolve(context => context.Source.At.Here?.Visibility);
        Field<NonNullGraphType<VisibilityType>>("shownTo").Description("Who sees the viewer at this event, all in all.").Resolve(context => context.Source.At.Visibility);
        Field<NonNullGraphType<ProfileCardType>>("card").Description("What those who may see the viewer see here.").Resolve(context => context.Source.At.Card);
    }
}

public sealed class SaveProfileInput : InputObjectGraphType<ProfileWish>
{
    public SaveProfileInput()
    {
        Name = "SaveProfileInput";
        Field<StringGraphType>("name");
        Field<StringGraphType>("headline");
        Field<StringGraphType>("about").Description($"At most {Profile.LongestAbout} characters.");
        Field<StringGraphType>("company");
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("interests").Description($"At most {Tags.Most} of at most {Tags.Longest} characters.");
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("looksFor");
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("offers");
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("languages").Description("Primary subtags of BCP 47, the one spoken best first.");
        Field<VisibilityType>("visibility");
    }
}

public sealed class SaveEventProfileInput : InputObjectGraphType<EventProfileWish>
{
    public SaveEventProfileInput()
    {
        Name = "SaveEventProfileInput";
        Field<NonNullGraphType<IdGraphType>>("event");
        Field<StringGraphType>("headline");
        Field<StringGraphType>("about");
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("looksFor");
        Field<ListGraphType<NonNullGraphType<StringGraphType>>>("offers");
        Field<VisibilityType>("visibility");
    }
}
