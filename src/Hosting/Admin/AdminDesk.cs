using Microsoft.Extensions.Logging;
using RtpProxy.Admin;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Quality;

namespace RtpProxy.Hosting.Admin;

/// <summary>Carries requests of clients out.</summary>
/// <remarks>Thread-safe. Of all clients together one request at a time visits the workers: many of them cost media no more than one.</remarks>
internal sealed class AdminDesk(RelayHost host, AdminFigures figures, KeeperContact? keeper, WallClock clock, ILogger logger) : IDisposable
{
    private const int UsualTake = 100;

    private static readonly Dictionary<string, SessionOrder> Orders = new(StringComparer.Ordinal)
    {
        ["trouble"] = SessionOrder.Trouble,
        ["oldest"] = SessionOrder.Oldest,
        ["newest"] = SessionOrder.Newest,
        ["call-id"] = SessionOrder.CallId,
        ["loss"] = SessionOrder.Loss,
        ["score"] = SessionOrder.Score,
    };

    private readonly SessionRows _rows = new(clock);
    private readonly SessionDetails _details = new(clock);
    private readonly SemaphoreSlim _visit = new(1);

    /// <returns>What is to be written; always with the id of the request.</returns>
    public async Task<AdminReply> AnswerAsync(AdminRequest request, CancellationToken stop)
    {
        AdminReply reply;
        try
        {
            reply = Check(request) is { } fault
                ? new AdminReply { Error = fault }
                : await CarryOutAsync(request, stop).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            reply = new AdminReply { Error = new AdminFault(FaultCodes.Stopping, "the relay is ending") };
        }

        return reply with { Id = request.Id };
    }

    /// <summary>The line of an event, LF included.</summary>
    public byte[] LineOf(FeedItem item) => item.LineBy(_details);

    public void Dispose() => _visit.Dispose();

    private static AdminFault? Check(AdminRequest request) => request switch
    {
        { Ask: AdminWords.Session, CallId: null } => Bad("callId: expected the Call-ID of the session"),
        { Ask: not AdminWords.Sessions } => CheckKinds(request),
        { Skip: < 0 } => Bad("skip: expected a whole number, 0 or more"),
        { Take: < 1 or > SessionListOperation.MaxTake } => Bad($"take: expected a whole number, 1 to {SessionListOperation.MaxTake}"),
        { Sort: { } sort } when !Orders.ContainsKey(sort) => Bad($"sort: expected one of {string.Join(", ", Orders.Keys)}"),
        { Verdict: { } verdict } when VerdictNames.Parse(verdict) is null =>
            Bad($"verdict: expected one of {string.Join(", ", Enum.GetValues<VerdictCode>().Select(code => code.Name()))}"),
        _ => null,
    };

    private static AdminFault? CheckKinds(AdminRequest request) =>
        request.Ask == AdminWords.Events && request.Kinds?.Any(kind => !EventKinds.All.Contains(kind)) is true
            ? Bad($"kinds: expected some of {string.Join(", ", EventKinds.All)}")
            : null;

    private static AdminFault Bad(string text) => new(FaultCodes.BadValue, text);

    private async Task<AdminReply> CarryOutAsync(AdminRequest request, CancellationToken stop)
    {
        switch (request.Ask)
        {
            case AdminWords.Hello:
                return new AdminReply { Hello = figures.Hello() };
            case AdminWords.Host:
                return new AdminReply { Host = figures.Host() };
            case AdminWords.Events:
                return new AdminReply { Done = true };
            case AdminWords.Drain:
                Log.AdminDrains(logger);
                host.BeginSlowShutdown();
                return new AdminReply { Done = true };
            case AdminWords.Upgrade:
                return await UpgradeAsync(stop).ConfigureAwait(false);
            case AdminWords.Sessions:
                return new AdminReply { Sessions = await ListAsync(request, stop).ConfigureAwait(false) };
            case AdminWords.Session:
                ReportOperation report = host.Operations.Report(request.CallId!, request.Tag);
                report = await VisitAsync(report, stop).ConfigureAwait(false);
                return new AdminReply { Session = [.. report.Reports.Select(_details.Of)] };
            case AdminWords.Counters:
                CensusOperation census = await VisitAsync(host.Operations.Census(), stop).ConfigureAwait(false);
                return new AdminReply { Counters = figures.Counters(census) };
            default:
                string text = $"ask: expected one of {string.Join(", ", AdminWords.All)}";
                return new AdminReply { Error = new AdminFault(FaultCodes.UnknownRequest, text) };
        }
    }

    private async Task<AdminReply> UpgradeAsync(CancellationToken stop)
    {
        if (keeper is null)
        {
            const string Text = "nothing keeps the relay; expected one that was started with --keep";
            return new AdminReply { Error = new AdminFault(FaultCodes.NotKept, Text) };
        }

        Log.AdminUpgrades(logger);
        UpgradeOutcome outcome = await keeper.UpgradeAsync().WaitAsync(stop).ConfigureAwait(false);
        return outcome.Version is { } version
            ? new AdminReply { Upgraded = version }
            : new AdminReply { Error = new AdminFault(FaultCodes.NotUpgraded, outcome.Why ?? "") };
    }

    private async Task<SessionPage> ListAsync(AdminRequest request, CancellationToken stop)
    {
        VerdictCode? verdict = request.Verdict is { } name ? VerdictNames.Parse(name) : null;
        SessionListOperation list = await VisitAsync(
            host.Operations.ListSessions(
                new SessionFilter(request.Text, request.Trouble, verdict),
                Orders[request.Sort ?? "trouble"],
                request.Skip,
                request.Take ?? UsualTake),
            stop).ConfigureAwait(false);
        return new SessionPage(list.Total, list.Matching, request.Skip, [.. list.Page.Select(_rows.Of)]);
    }

    private async Task<T> VisitAsync<T>(T operation, CancellationToken stop)
        where T : Operation
    {
        await _visit.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await host.AskAsync(operation).ConfigureAwait(false);
        }
        finally
        {
            _visit.Release();
        }
    }
}
