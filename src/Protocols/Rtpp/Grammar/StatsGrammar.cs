using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>G[v] [name ...]</c> (section 3.13).</summary>
internal sealed class StatsGrammar() : CommandGrammar<StatsCommand>("G", 1, CommandLimits.MaxWords)
{
    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = null;
        if (!Letters.AreAll(text.Modifiers, 'v'))
        {
            return ErrorCode.StatsModifier;
        }

        command = new StatsCommand(text.TextsFrom(1), Verbose: !text.Modifiers.IsEmpty);
        return ErrorCode.None;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => Letters.AreAll(modifiers, 'v');

    protected override void Write(WordWriter words, StatsCommand command)
    {
        words.Begin(command.Verbose ? "Gv" : "G");
        words.All(command.Names, nameof(command.Names));
    }
}
