using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting.Commands;

/// <summary>
/// The commands of one connection. Where that is guarded the first line that is not empty must be a command, else the
/// connection ends with its error reply, whatever follows (control protocol, section 1.5): a web page's <c>POST</c> has whole
/// lines of its choice.
/// </summary>
internal sealed class RtppStream(ICommandProcessor processor, RequestOrigin origin, bool isGuarded) : ICommandStream
{
    private bool _isKnown = !isGuarded;

    public bool OnCommand(ReadOnlySpan<byte> command, IReplyTarget target)
    {
        CommandForm form = _isKnown ? CommandForm.Command : CommandForms.Of(command);
        _isKnown = form == CommandForm.Command;
        ReadOnlySpan<byte> line = form == CommandForm.OtherProtocol ? default : command; // "D /a HTTP/1.1"
        processor.Execute(line, default, origin, target);
        return form is not (CommandForm.NoCommand or CommandForm.OtherProtocol);
    }
}
