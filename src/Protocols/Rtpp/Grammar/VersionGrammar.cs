using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>V</c> (section 3.1).</summary>
internal sealed class VersionGrammar : CommandGrammar<VersionCommand>
{
    public VersionGrammar()
        : base("V", 1, 1) => TakesModifiers = false;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = new VersionCommand();
        return ErrorCode.None;
    }

    protected override void Write(WordWriter words, VersionCommand command) => words.Begin(Name);
}
