using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>VF date</c> (section 3.1).</summary>
internal sealed class CapabilityGrammar : CommandGrammar<VersionCommand>
{
    public CapabilityGrammar()
        : base("VF", 2, 2) => TakesModifiers = false;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = new VersionCommand(text.Text(1));
        return ErrorCode.None;
    }

    protected override bool IsSaidBy(VersionCommand command) => command.Capability is not null;

    protected override void Write(WordWriter words, VersionCommand command)
    {
        words.Begin(Name);
        words.Word(command.Capability!, nameof(command.Capability));
    }
}
