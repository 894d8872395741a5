using RtpProxy.Admin;
using RtpProxy.Ctl.Nodes;

namespace RtpProxy.Ctl.Calls;

/// <summary>Some of the calls of all nodes, in order.</summary>
/// <param name="Rows">The page.</param>
/// <param name="Skip">How many of those that match come before it.</param>
/// <param name="Total">How many calls there are.</param>
/// <param name="Problems">Nodes whose calls are missing, and why.</param>
/// <param name="Code">The worst <see cref="ExitCode"/> of those.</param>
internal sealed record CallPage(
    IReadOnlyList<(Node Node, SessionRow Row)> Rows, int Skip, int Matching, int Total, IReadOnlyList<string> Problems, int Code)
{
    private const int MostAtOnce = 1000; // AdminRequest.Take

    /// <summary>Reads a page; of several nodes each tells as many as the page may need of it.</summary>
    public static async Task<CallPage> ReadAsync(
        NodeList nodes, CallQuery query, int skip, int take, CancellationToken cancellation)
    {
        // One relay sorts and skips by itself; of several nobody knows whose calls come before the page.
        int skipThere = nodes.AreSeveral ? 0 : skip;
        int takeThere = nodes.AreSeveral ? (int)Math.Min((long)skip + take, int.MaxValue) : take;
        CallPage[] pages = await nodes.AskAsync(node => ReadAsync(node, query, skipThere, takeThere, cancellation));
        (Node Node, SessionRow Row)[] rows = [.. pages.SelectMany(page => page.Rows)];
        if (nodes.AreSeveral)
        {
            // Stable, so that of calls alike those of the first node come first.
            rows = [.. rows.Order(Comparer<(Node Node, SessionRow Row)>.Create((one, other) => query.Compare(one.Row, other.Row)))
                .Skip(skip).Take(take)];
        }

        return new CallPage(
            rows,
            skip,
            pages.Sum(page => page.Matching),
            pages.Sum(page => page.Total),
            [.. pages.SelectMany(page => page.Problems)],
            pages.Max(page => page.Code));
    }

    private static async Task<CallPage> ReadAsync(
        Node node, CallQuery query, int skip, int take, CancellationToken cancellation)
    {
        if (node.Admin is null)
        {
            return await WithoutListAsync(node, cancellation);
        }

        List<(Node Node, SessionRow Row)> rows = [];
        SessionPage? page;
        int before;
        do
        {
            AdminAnswer answer = await node.Admin.AskAsync(
                query.Page(skip + rows.Count, Math.Min(take - rows.Count, MostAtOnce)), cancellation);
            page = answer.Reply?.Sessions;
            if (page is null)
            {
                return node.Stands(answer)
                    ? Missing(node, answer.Problem ?? "its admin socket lists no calls", Math.Max(answer.Code, ExitCode.Refused))
                    : await WithoutListAsync(node, cancellation);
            }

            before = rows.Count;
            rows.AddRange(page.Rows.Select(row => (node, row)));
        }
        while (rows.Count > before && rows.Count < take && skip + rows.Count < page.Matching);

        return new CallPage(rows, skip, page.Matching, page.Total, [], ExitCode.Ok);
    }

    private static async Task<CallPage> WithoutListAsync(Node node, CancellationToken cancellation)
    {
        SessionCount count = await SessionCount.ReadAsync(node.Control!, cancellation);
        return count.Problem is { } problem
            ? Missing(node, problem, count.Code)
            : new CallPage([], 0, 0, count.Active, [$"{node.Name}: {count.Active} active; {MissingText.Calls}"], ExitCode.Ok);
    }

    private static CallPage Missing(Node node, string problem, int code) => new([], 0, 0, 0, [$"{node.Name}: {problem}"], code);
}
