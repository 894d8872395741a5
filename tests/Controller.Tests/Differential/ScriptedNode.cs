using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// A node for our side of the comparison: writes commands as they go over the wire, and replies from the relay's
/// script.
/// </summary>
public sealed class ScriptedNode(ScriptedRelay relay, string callId) : IRelay
{
    private readonly List<string> _commands = [];

    public string Name => relay.Url;

    public RelayCapabilities Capabilities => relay.Capabilities;

    public IReadOnlyList<string> Commands => _commands;

    public ValueTask<RelayReply> SendAsync(Command command, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = CommandWriter.ToLine(command);
        }
        catch (ArgumentException)
        {
            return ValueTask.FromResult(RelayReply.Failed(RelayFailure.Unwritable));
        }

        _commands.Add(text);
        return ValueTask.FromResult(RelayReply.From(relay.ReplyTo(callId, _commands.Count - 1, text) + "\n"));
    }
}
