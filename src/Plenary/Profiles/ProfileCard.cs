using GraphQL.Types;

namespace Plenary.Profiles;

/// <summary>What others see of a person at an event.</summary>
/// <param name="Person">Whose it is.</param>
/// <param name="Name">As the person writes it.</param>
/// <param name="Headline">What they do, in a line; may be empty.</param>
/// <param name="Company">Where they work, when they say so.</param>
/// <param name="Picture">A path of this site; given only to those who may see the person.</param>
/// <param name="Interests">Short tags.</param>
/// <param name="LooksFor">What they would like to find, as short tags.</param>
/// <param name="Offers">What they can give, as short tags.</param>
/// <param name="Languages">Primary subtags of BCP 47, the one spoken best first.</param>
/// <param name="IntroVideo">A path of this site, when there is a video.</param>
/// <param name="About">A few sentences; may be empty.</param>
public sealed record ProfileCard(
    Guid Person, string Name, string Headline, string? Company, string? Picture, string[] Interests, string[] LooksFor, string[] Offers, string[] Languages, string? IntroVideo, string About = "")
{
    /// <summary>The card of somebody who shows nothing but the name they are called by.</summary>
    public static ProfileCard NameOnly(Guid person, string name) => new(person, name, "", null, null, [], [], [], [], null);
}

public sealed class ProfileCardType : ObjectGraphType<ProfileCard>
{
    public ProfileCardType()
    {
        Name = "ProfileCard";
        Description = "What others see of a person at an event.";
        Field("person", c => c.Person, type: typeof(NonNullGraphType<IdGraphType>));
        Field(c => c.Name);
        Field(c => c.Headline);
        Field(c => c.About);
        Field(c => c.Company, nullable: true);
        Field(c => c.Picture, nullable: true).Description("A path of this site; only those who may see the person get the picture.");
        Field("interests", c => c.Interests, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>));
        Field("looksFor", c => c.LooksFor, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>));
        Field("offers", c => c.Offers, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>));
        Field("languages", c => c.Languages, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>)).Description("Primary subtags of BCP 47, the one spoken best first.");
        Field(c => c.IntroVideo, nullable: true).Description("A path of this site: at most 30 seconds of the person saying who they are.");
    }
}
