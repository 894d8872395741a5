using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using RtpProxy.Admin;
using RtpProxy.Watch.Http;
using RtpProxy.Watch.Nodes;
using RtpProxy.Watch.Views;

namespace RtpProxy.Watch.Live;

/// <summary>Asks relays what clients want to know. Thread-safe.</summary>
internal sealed class Answers(IReadOnlyList<Node> nodes, TimeProvider time)
{
    private readonly AnswerCache<ListQuery> _lists = new(time);
    private readonly AnswerCache<(string CallId, string? Tag, string? Node)> _calls = new(time);
    private readonly AnswerCache<string> _nodes = new(time);

    public static Answer Problem(int status, string code, string text) =>
        Tell(new ProblemView(new Problem(code, text)), ViewJson.Default.ProblemView, status);

    /// <summary>How all relays fare.</summary>
    public Task<Answer> NodesAsync() =>
        _nodes.GetAsync("", () => Task.FromResult(Tell(
            new NodesView(time.GetUtcNow(), [.. nodes.Select(node => View(node.Snapshot))]), ViewJson.Default.NodesView)));

    public Answer Readiness(string? name)
    {
        if (Chosen(name) is not { } chosen)
        {
            return NoSuchNode(name!);
        }

        NodeReadiness[] each = [.. chosen.Select(node => Ready(node.Snapshot))];
        bool isReady = each.All(node => node.Ready);
        return Tell(
            new ReadinessView(isReady, each),
            ViewJson.Default.ReadinessView,
            isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    public Task<Answer> ListAsync(ListQuery query) => _lists.GetAsync(query, () => MakeListAsync(query));

    /// <param name="tag">Of one of the parties; null for all sessions of the call.</param>
    /// <param name="node">Null for all relays.</param>
    public Task<Answer> CallAsync(string callId, string? tag, string? node) =>
        _calls.GetAsync((callId, tag, node), () => MakeCallAsync(callId, tag, node));

    private static Answer Tell<T>(T view, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(view, type));

    private static Answer NoSuchNode(string name) =>
        Problem(StatusCodes.Status404NotFound, "unknown-node", $"no relay is called '{name}'; /api/nodes lists them");

    private static Answer TellFailure(Exception failure) => failure is NodeRefusalException refusal
        ? Problem(StatusCodes.Status400BadRequest, refusal.Code, refusal.Message)
        : Problem(StatusCodes.Status503ServiceUnavailable, "away", failure.Message);

    private async Task<Answer> MakeListAsync(ListQuery query)
    {
        if (Chosen(query.Node) is not { } chosen)
        {
            return NoSuchNode(query.Node!);
        }

        // Of several relays each may have all of the page: they are asked for everything up to its end.
        bool isMerged = chosen.Count > 1;
        int skip = isMerged ? 0 : query.Skip;
        int take = isMerged ? query.Skip + query.Take : query.Take;
        if (take > SessionMerge.MaxDepth)
        {
            return Problem(
                StatusCodes.Status400BadRequest, "too-deep", $"of several relays the first {SessionMerge.MaxDepth} sessions can be listed; name one with node=");
        }

        IReadOnlyList<(Node Node, AdminReply Reply)> replies = [];
        Exception? failure = null;
        foreach (string? text in WireText.ReadingsOf(query.Text))
        {
            (replies, failure) = await AskAllAsync(chosen, query.ToRequest(text, skip, take)).ConfigureAwait(false);
            if (replies.Any(reply => reply.Reply.Sessions?.Matching > 0))
            {
                break;
            }
        }

        if (replies.Count == 0)
        {
            return TellFailure(failure!);
        }

        SessionPage[] pages = [.. replies.Select(reply => reply.Reply.Sessions ?? new SessionPage(0, 0, 0, []))];
        IReadOnlyList<NodeSessionRow> rows = SessionMerge.Merge(
            query.Sort, [.. replies.Zip(pages, (reply, page) => page.Rows.Select(row => new NodeSessionRow(reply.Node.Name, row)))]);
        return Tell(
            new SessionListView(
                time.GetUtcNow(),
                pages.Sum(page => page.Total),
                pages.Sum(page => page.Matching),
                query.Skip,
                query.Take,
                [.. isMerged ? rows.Skip(query.Skip).Take(query.Take) : rows.Take(query.Take)],
                Away(chosen, replies)),
            ViewJson.Default.SessionListView);
    }

    private async Task<Answer> MakeCallAsync(string callId, string? tag, string? name)
    {
        if (Chosen(name) is not { } chosen)
        {
            return NoSuchNode(name!);
        }

        AdminRequest request = new() { Ask = AdminWords.Session, CallId = callId, Tag = tag };
        Answer asGiven = await FindCallAsync(chosen, callId, request).ConfigureAwait(false);
        string wire = WireText.FromTyped(callId);
        return asGiven.Status == StatusCodes.Status200OK || wire == callId
            ? asGiven
            : await FindCallAsync(chosen, callId, request with { CallId = wire }).ConfigureAwait(false);
    }

    /// <param name="callId">As the client wrote it, by which it knows the answer.</param>
    private async Task<Answer> FindCallAsync(IReadOnlyList<Node> chosen, string callId, AdminRequest request)
    {
        (IReadOnlyList<(Node Node, AdminReply Reply)> replies, Exception? failure) = await AskAllAsync(chosen, request).ConfigureAwait(false);
        NodeSession[] sessions =
            [.. replies.SelectMany(reply => (reply.Reply.Session ?? []).Select(session => new NodeSession(reply.Node.Name, session)))];
        if (sessions.Length > 0)
        {
            return Tell(new CallView(time.GetUtcNow(), callId, sessions, Away(chosen, replies)), ViewJson.Default.CallView);
        }

        return failure is null
            ? Problem(StatusCodes.Status404NotFound, "no-such-call", "no session has this Call-ID (any more)")
            : TellFailure(failure);
    }

    // A relay that is away does not hide what the others know.
    private static async Task<(IReadOnlyList<(Node Node, AdminReply Reply)> Replies, Exception? Failure)> AskAllAsync(
        IReadOnlyList<Node> nodes, AdminRequest request)
    {
        Task<AdminReply>[] asked = [.. nodes.Select(node => node.AskAsync(request, CancellationToken.None))];
        List<(Node, AdminReply)> replies = [];
        Exception? failure = null;
        for (int index = 0; index < asked.Length; index++)
        {
            try
            {
                replies.Add((nodes[index], await asked[index].ConfigureAwait(false)));
            }
            catch (Exception e) when (e is NodeFaultException or NodeRefusalException)
            {
                failure ??= e;
            }
        }

        return (replies, failure);
    }

    private static string[] Away(IReadOnlyList<Node> asked, IReadOnlyList<(Node Node, AdminReply Reply)> replies) =>
        [.. asked.Except(replies.Select(reply => reply.Node)).Select(node => node.Name)];

    private IReadOnlyList<Node>? Chosen(string? name) =>
        name is null ? nodes : nodes.Where(node => node.Name == name).ToArray() is { Length: > 0 } named ? named : null;

    private NodeReadiness Ready(NodeSnapshot node)
    {
        IReadOnlyList<string> hindrances = Nodes.Readiness.Hindrances(node, time.GetUtcNow());
        return new NodeReadiness(node.Name, hindrances.Count == 0, hindrances);
    }

    private NodeView View(NodeSnapshot node)
    {
        NodeReadiness readiness = Ready(node);
        double? age = node.HeardAt is { } heardAt ? Math.Round((time.GetUtcNow() - heardAt).TotalSeconds, 1) : null;
        return new NodeView(
            node.Name, node.IsUp, node.Since, node.IsUp ? null : node.Fault, age, node.LagSeconds, readiness.Ready, readiness.NotReady,
            node.EventsMissed, node.Hello, node.Counters, node.Host);
    }
}
