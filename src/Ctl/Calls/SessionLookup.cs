using RtpProxy.Admin;
using RtpProxy.Ctl.Nodes;

namespace RtpProxy.Ctl.Calls;

/// <summary>What one node knows of a call: by its admin socket, or else by its control socket.</summary>
/// <param name="Details">Told by the admin socket.</param>
/// <param name="Search">Told by the control socket; null where the admin socket answered.</param>
/// <param name="Problem">Why nothing is known; null if something is, or there is no such call.</param>
internal sealed record SessionLookup(
    Node Node, IReadOnlyList<SessionDetail> Details, SessionSearch? Search, int Code, string? Problem)
{
    public bool IsFound => Details.Count > 0 || Search is { Sessions.Count: > 0 };

    /// <param name="call">In the form of the wire, like the tag.</param>
    /// <param name="tag">Null for all sessions of the call, which only the admin socket knows.</param>
    public static async Task<SessionLookup> FindAsync(Node node, string call, string? tag, CancellationToken cancellation)
    {
        if (node.Admin is { } admin)
        {
            var request = new AdminRequest { Ask = AdminWords.Session, CallId = call, Tag = tag };
            AdminAnswer answer = await admin.AskAsync(request, cancellation);
            if (answer.Reply is { } reply)
            {
                return reply.Session is { } sessions
                    ? new SessionLookup(node, sessions, null, ExitCode.Ok, null)
                    : Failed(node, ExitCode.Refused, "its admin socket tells no sessions");
            }

            if (node.Stands(answer))
            {
                return Failed(node, answer.Code, answer.Problem!);
            }
        }

        if (tag is null)
        {
            return Failed(node, ExitCode.Refused, MissingText.Tag);
        }

        SessionSearch search = await SessionReader.SearchAsync(node.Control!, call, tag, cancellation);
        string? problem = search.Failure is { } failure ? await OtherSocket.ExplainAsync(node.Control!, failure, cancellation) : null;
        return new SessionLookup(node, [], search, search.Code, problem);
    }

    private static SessionLookup Failed(Node node, int code, string problem) => new(node, [], null, code, problem);
}
