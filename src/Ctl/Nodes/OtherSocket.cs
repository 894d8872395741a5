using RtpProxy.Admin;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Ctl.Nodes;

/// <summary>Finds out what a socket is that does not answer commands: an admin socket waits for a line of JSON, and says nothing.</summary>
internal static class OtherSocket
{
    // Whoever answers does so at once, but on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>One clause for a person: why there is no value.</summary>
    public static Task<string> ExplainAsync<T>(RelayClient relay, RelayAnswer<T> answer, CancellationToken cancellation) =>
        ExplainAsync(relay, answer.Status == AnswerStatus.NoReply || answer.Reply.Text.StartsWith('{'), answer.ToString(), cancellation);

    /// <param name="isSuspect">Something is there, and it is no relay that answers.</param>
    /// <param name="otherwise">The clause where it is no admin socket.</param>
    public static async Task<string> ExplainAsync(RelayClient relay, bool isSuspect, string otherwise, CancellationToken cancellation)
    {
        if (!isSuspect || !relay.Address.IsUnix)
        {
            return otherwise;
        }

        await using var admin = new AdminClient(relay.Address.Host, Patience);
        AdminAnswer hello = await admin.AskAsync(new AdminRequest { Ask = AdminWords.Hello }, cancellation);
        return hello.Problem is null
            ? "it is an admin socket, where commands are not understood; name it by --admin, and the control socket of the relay by -s"
            : otherwise;
    }
}
