using System.Text;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>
/// The ways in which controllers put a notification socket into a <c>U</c> without meaning what the number of words says
/// (control protocol, section 3.6).
/// </summary>
internal static class NotifyForms
{
    /// <summary>Gives the command as it is meant: with the pair, or with <see cref="UpdateCommand.SocketWithoutTag"/> set where there is none.</summary>
    /// <returns><see cref="ErrorCode.None"/>, or the code of the error reply.</returns>
    public static ErrorCode Read(UpdateCommand command, in RequestOrigin origin, INoticeBoard notices, out UpdateCommand meant)
    {
        meant = command;
        if (command is { SocketWithoutTag: { } word, ToTag: { } socket })
        {
            // Seven words: a to-tag and a bare socket, unless the sixth is a socket that does not look like one, with its tag.
            return notices.Permit(socket, origin) is null ? ErrorCode.None : ReadPair(command, socket, word, out meant);
        }

        if (command is { Notify: null, ToTag: { } joined } && NotifySocketText.IsSocket(joined))
        {
            // Six words: newer Kamailio joins socket and tag of a first offer with a semicolon, and they stand where a to-tag would.
            int end = joined.IndexOf(';', StringComparison.Ordinal);
            string name = end < 0 ? joined : joined[..end];
            if (end >= 0
                && notices.Permit(name, origin) is not null
                && ReadPair(command, name, joined[(end + 1)..], out meant) == ErrorCode.None)
            {
                return ErrorCode.None;
            }

            meant = command with { ToTag = null, SocketWithoutTag = joined };
        }

        return ErrorCode.None;
    }

    private static ErrorCode ReadPair(UpdateCommand command, string socket, string tag, out UpdateCommand meant)
    {
        meant = command;
        if (!PercentEncoding.TryDecode(Encoding.Latin1.GetBytes(tag), out byte[] decoded))
        {
            return ErrorCode.NotifyTagEscape;
        }

        meant = command with { ToTag = null, Notify = new NotifyTarget(socket, decoded), SocketWithoutTag = null };
        return ErrorCode.None;
    }
}
