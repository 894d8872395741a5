using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>I[b][l]</c> (section 3.14).</summary>
internal sealed class InfoGrammar() : CommandGrammar<InfoCommand>("I", 1, 1)
{
    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = null;
        if (!Letters.AreAmong(text.Modifiers, 'b', 'l', out bool brief, out bool load))
        {
            return ErrorCode.InfoModifier;
        }

        command = new InfoCommand(brief, load);
        return ErrorCode.None;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => Letters.AreAmong(modifiers, 'b', 'l', out _, out _);

    protected override void Write(WordWriter words, InfoCommand command) =>
        words.Begin("I" + (command.Brief ? "b" : "") + (command.Load ? "l" : ""));
}
