using Microsoft.AspNetCore.Connections;
using Plenary.Agenda;
using Plenary.Calls;
using Plenary.Demo;
using Plenary.Events;
using Plenary.Forecast;
using Plenary.Giveaways;
using Plenary.Identity;
using Plenary.Messages;
using Plenary.Moderation;
using Plenary.Networking;
using Plenary.Orders;
using Plenary.Organizations;
using Plenary.Pages;
using Plenary.Parties;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Backup;
using Plenary.Platform.Cluster;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Platform.Live;
using Plenary.Platform.Mail;
using Plenary.Platform.Surge;
using Plenary.Platform.Telemetry;
using Plenary.Points;
using Plenary.Polls;
using Plenary.Profiles;
using Plenary.Questions;
using Plenary.Registration;
using Plenary.Rehearsals;
using Plenary.Rooms;
using Plenary.Shows;
using Plenary.Stage;
using Plenary.Tables;
using Plenary.Templates;

try
{
    var asked = CommandLine.Read(DemoSlice.Arguments(args));
    if (asked.Verb is Verb.Help or Verb.Version)
    {
        Terminal.OfProcess().Say(asked.Verb == Verb.Help ? CommandLine.Usage : Backups.Version);
        return 0;
    }
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = asked.Settings, ContentRootPath = AppContext.BaseDirectory });
    if (asked.Verb != Verb.Serve) builder.Logging.AddFilter(null, LogLevel.Warning); // who typed a command reads its answer
    // The client where it was built, unless a folder of it is named; nothing to do once published.
    if (builder.Configuration[WebHostDefaults.WebRootKey] is null) builder.WebHost.UseStaticWebAssets();

    // The platform: what every slice stands on.
    Settings.Listening(builder.Configuration);
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSingleton<PublicUrl>();
    builder.Services.AddSingleton(Terminal.OfProcess());
    builder.Services.AddProblemDetails();
    builder.AddDatabase();
    builder.AddLive(); // before the cluster, so that it ends after it: rooms write until they are gone
    builder.AddCluster();
    builder.AddSurge();
    builder.AddGraph();
    builder.AddAccess();
    builder.AddJobs();
    builder.AddMail();
    builder.AddTelemetry();

    // The slices, in reading order.
    builder.AddIdentity();
    builder.AddOrganizations();
    builder.AddEvents();
    builder.AddRegistration();
    builder.AddOrders();
    builder.AddProfiles();
    builder.AddRooms();
    builder.AddCalls();
    builder.AddMessages();
    builder.AddNetworking();
    builder.AddParties();
    builder.AddTables();
    builder.AddAgenda();
    builder.AddStage();
    builder.AddForecast();
    builder.AddQuestions();
    builder.AddPolls();
    builder.AddModeration();
    builder.AddShows();
    builder.AddPoints();
    builder.AddGiveaways();
    builder.AddRehearsals();
    builder.AddTemplates();
    builder.AddPages();
    builder.AddDemo();

    var app = builder.Build();

    // Commands end here: nothing was started yet, and nobody is served.
    if (asked.Verb != Verb.Serve)
    {
        await using (app) await app.DoAsync(asked);
        return 0;
    }

    app.UseTelemetry();
    app.UseAccess();
    app.UseStage();
    app.UsePages();
    app.MapStaticAssets();
    app.MapGraph();
    app.MapMailbox();
    app.MapEvents();
    app.MapOrders();
    app.MapProfiles();
    app.MapRooms();
    app.MapTelemetry();
    app.MapCalls();
    app.MapMessages();
    app.MapNetworking();
    app.MapAgenda();
    app.MapStage();
    app.MapPolls();
    app.MapTemplates();
    app.MapPages();

    await app.Services.MigrateAsync();
    await app.SeedDemoAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception mistake) when (mistake is SettingsException or CommandException or IOException { InnerException: AddressInUseException })
{
    Terminal.Complain(mistake.Message);
    return 1;
}

/// <summary>The whole platform in one program.</summary>
public partial class Program;
