using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform;

/// <summary>What was promised by a commit is done: once if nothing breaks, again if something does, never forgotten silently.</summary>
public abstract class JobFacts(App app)
{
    private readonly string kind = $"test.{Guid.CreateVersion7():N}";
    private readonly SetClock clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IDbContextFactory<Db> Dbs => app.Services.GetRequiredService<IDbContextFactory<Db>>();

    [Fact]
    public async Task TwoWorkersNeverDoOneJobTwice()
    {
        using var _ = app.Visitor();
        const int Many = 150;
        var done = new ConcurrentBag<string>();
        var all = new TaskCompletionSource();
        var handler = new Handler(kind, payload =>
        {
            done.Add(payload);
            if (done.Count >= Many) all.TrySetResult();
            return Task.CompletedTask;
        });
        for (var i = 0; i < Many; i++) await Add(i, TimeSpan.Zero);
        using var first = Worker(handler);
        using var second = Worker(handler);
        await first.StartAsync(Cancellation);
        await second.StartAsync(Cancellation);
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await first.StopAsync(Cancellation);
        await second.StopAsync(Cancellation);
        Assert.Equal(Many, done.Distinct().Count());
        Assert.Equal(Many, done.Count);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task AJobOfAWorkerThatDiedIsDoneByAnother()
    {
        using var _ = app.Visitor();
        var job = await Add(1, TimeSpan.Zero);
        var queue = new JobQueue(Dbs, clock);
        var lost = Assert.Single(await queue.Claim("dies", [kind], 10, Cancellation));
        Assert.Empty(await queue.Claim("other", [kind], 10, Cancellation));
        clock.Advance(JobQueue.Lease - TimeSpan.FromSeconds(1));
        Assert.Empty(await queue.Claim("other", [kind], 10, Cancellation));
        Assert.True(await queue.Renew(lost, Cancellation));
        clock.Advance(JobQueue.Lease + TimeSpan.FromSeconds(1));
        var taken = Assert.Single(await queue.Claim("other", [kind], 10, Cancellation));
        Assert.Equal((job.Id, 2), (taken.Id, taken.Attempts));
        // Were the first only slow, it could change nothing any more.
        Assert.False(await queue.Renew(lost, Cancellation));
        Assert.False(await queue.Done(lost, null, Cancellation));
        Assert.True(await queue.Done(taken, null, Cancellation));
    }

    [Fact]
    public async Task JobsAreTakenInTheOrderTheyAreDueAndNotBefore()
    {
        using var _ = app.Visitor();
        foreach (var (value, minutes) in new[] { (3, -1), (1, -3), (4, 1), (2, -2) }) await Add(value, TimeSpan.FromMinutes(minutes));
        var queue = new JobQueue(Dbs, clock);
        Assert.Equal(["1", "2"], (await queue.Claim("w", [kind], 2, Cancellation)).Select(j => j.Payload));
        Assert.Equal(["3"], (await queue.Claim("w", [kind], 2, Cancellation)).Select(j => j.Payload));
        Assert.Empty(await queue.Claim("w", [kind], 2, Cancellation));
        Assert.Empty(await queue.Claim("w", ["test.another"], 2, Cancellation));
    }

    [Fact]
    public async Task AFailingJobWaitsLongerEachTimeAndIsGivenUpWithItsError()
    {
        using var _ = app.Visitor();
        await Add(1, TimeSpan.Zero);
        var queue = new JobQueue(Dbs, clock);
        for (var attempt = 1; attempt <= JobQueue.MostAttempts; attempt++)
        {
            var job = Assert.Single(await queue.Claim("w", [kind], 1, Cancellation));
            Assert.Equal(attempt == JobQueue.MostAttempts, await queue.Failed(job, new InvalidOperationException($"no luck {attempt}"), repeats: false, Cancellation));
            if (attempt == JobQueue.MostAttempts) break;
            var whole = TimeSpan.FromTicks(Math.Min(JobQueue.LongestBackoff.Ticks, (JobQueue.FirstBackoff * Math.Pow(2, attempt - 1)).Ticks));
            Assert.InRange(Assert.Single(await Rows()).DueAt - clock.GetUtcNow(), whole / 2 - TimeSpan.FromMilliseconds(1), whole);
            Assert.Empty(await queue.Claim("w", [kind], 1, Cancellation));
            clock.Advance(whole);
        }
        var kept = Assert.Single(await Rows());
        Assert.NotNull(kept.FailedAt);
        Assert.Equal("InvalidOperationException: no luck 12", kept.LastError);
        clock.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await queue.Claim("w", [kind], 1, Cancellation));
    }

    [Fact]
    public async Task StoppingLetsARunningJobFinish()
    {
        using var _ = app.Visitor();
        var (began, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var worker = Worker(new Handler(kind, async _ =>
        {
            began.SetResult();
            await mayEnd.Task;
        }));
        await Add(1, TimeSpan.Zero);
        await worker.StartAsync(Cancellation);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
        var stopping = worker.StopAsync(Cancellation);
        Assert.False(stopping.IsCompleted);
        mayEnd.SetResult();
        await stopping;
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task ARepeatingJobIsThereOnceAndComesAgain()
    {
        using var _ = app.Visitor();
        var ran = new TaskCompletionSource();
        var handler = new Handler(kind, _ =>
        {
            ran.TrySetResult();
            return Task.CompletedTask;
        });
        var repeating = new RepeatingJob(kind, TimeSpan.FromHours(1));
        using var first = Worker(handler, repeating);
        using var second = Worker(handler, repeating);
        await Task.WhenAll(first.StartAsync(Cancellation), second.StartAsync(Cancellation));
        await ran.Task.WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
        await Task.WhenAll(first.StopAsync(Cancellation), second.StopAsync(Cancellation));
        var row = Assert.Single(await Rows());
        Assert.Equal((0, null), (row.Attempts, row.Owner));
        Assert.InRange(row.DueAt - clock.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
    }

    [Fact]
    public async Task AMailReachesTheServerWholeAfterItWasAwayForAWhile()
    {
        using var _ = app.Visitor();
        await using var server = new SmtpListener();
        server.RecipientAnswers.Enqueue("451 try again later");
        var signal = new JobSignal();
        using var worker = Worker(Sender(server), signal: signal);
        var mail = Mail.Compose("zoe@example.org", "Zoë Ünal", "Your place at “Straße”", new MailBody().Paragraph("Grüße <b>").Button("Join", "https://example.org/j/x"),
            [new MailAttachment("event.ics", "text/calendar; charset=utf-8; method=PUBLISH", "BEGIN:VCALENDAR\r\nEND:VCALENDAR"u8.ToArray())]);
        await AddMail(mail);
        await worker.StartAsync(Cancellation);
        var row = await RowWhen(j => j.LastError != null);
        Assert.Contains("451", row.LastError!, StringComparison.Ordinal);
        Assert.Null(row.FailedAt);
        clock.Advance(TimeSpan.FromMinutes(1));
        signal.Ring();
        while ((await Rows()).Count > 0) await Task.Delay(10, Cancellation);
        await worker.StopAsync(Cancellation);
        var sent = Assert.Single(server.Mails);
        Assert.Contains("MAIL FROM:<events@example.org>", sent, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<zoe@example.org>", sent, StringComparison.Ordinal);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join("\r\n", sent.ReplaceLineEndings("\n").Split('\n').Skip(2))));
        using var message = await MimeMessage.LoadAsync(stream, Cancellation);
        Assert.Equal(("Your place at “Straße”", "Zoë Ünal"), (message.Subject, message.To.Mailboxes.Single().Name));
        Assert.StartsWith("Grüße <b>\n", message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Gr&#252;&#223;e &lt;b&gt;", message.HtmlBody!, StringComparison.Ordinal);
        Assert.Equal("PUBLISH", Assert.Single(message.Attachments).ContentType.Parameters["method"]);
        Assert.Equal($"{mail.Id:N}@example.org", message.MessageId);
    }

    [Fact]
    public async Task AMailThatIsRefusedForGoodIsGivenUpAtOnceAndKept()
    {
        using var _ = app.Visitor();
        await using var server = new SmtpListener();
        server.RecipientAnswers.Enqueue("550 no such person");
        using var worker = Worker(Sender(server));
        await AddMail(Mail.Compose("gone@example.org", "", "Hello", new MailBody().Paragraph("x")));
        await worker.StartAsync(Cancellation);
        var row = await RowWhen(j => j.FailedAt != null);
        await worker.StopAsync(Cancellation);
        Assert.Equal(1, row.Attempts);
        Assert.Contains("550", row.LastError!, StringComparison.Ordinal);
        Assert.DoesNotContain("gone@", row.LastError!, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
        Assert.Empty(server.Mails);
    }

    private Handler Sender(SmtpListener server)
    {
        var settings = new SmtpSettings("127.0.0.1", server.Port, MailKit.Security.SecureSocketOptions.None, null, null, new MailboxAddress("Plenary", "events@example.org"));
        return new Handler(kind, payload => new SendMail(new MailServer(settings), new MailPulse(), Dbs, clock).Handle(payload, Cancellation));
    }

    private async Task AddMail(Mail mail)
    {
        await using var db = app.OpenDb();
        db.AddJob(kind, mail, clock.GetUtcNow());
        await db.SaveChangesAsync(Cancellation);
    }

    private async Task<Job> Add(int value, TimeSpan due)
    {
        await using var db = app.OpenDb();
        var job = db.AddJob(kind, value, clock.GetUtcNow() + due);
        await db.SaveChangesAsync(Cancellation);
        return job;
    }

    private async Task<List<Job>> Rows()
    {
        await using var db = app.OpenDb();
        return await db.Set<Job>().AsNoTracking().Where(j => j.Kind == kind).ToListAsync(Cancellation);
    }

    private async Task<Job> RowWhen(Func<Job, bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (true)
        {
            if ((await Rows()).SingleOrDefault(isSo) is { } row) return row;
            await Task.Delay(10, patience.Token);
        }
    }

    private JobWorker Worker(Handler handler, RepeatingJob? repeating = null, JobSignal? signal = null)
    {
        var services = new ServiceCollection().AddSingleton<IJobHandler>(handler).AddSingleton(Dbs).BuildServiceProvider();
        return new JobWorker(new JobQueue(Dbs, clock), signal ?? new JobSignal(), services.GetRequiredService<IServiceScopeFactory>(), repeating is null ? [] : [repeating], clock, NullLogger<JobWorker>.Instance);
    }

    private sealed class Handler(string kind, Func<string, Task> work) : IJobHandler
    {
        public string Kind => kind;

        public Task Handle(string payload, CancellationToken cancellation) => work(payload);
    }
}

public sealed class JobFactsOnSqlite(SqliteApp app) : JobFacts(app);

public sealed class JobFactsOnPostgres(PostgresApp app) : JobFacts(app);
