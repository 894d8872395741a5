using System.Globalization;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>P[count] call_id prompt codecs from_tag [to_tag]</c> (section 3.9).</summary>
internal sealed class PlayGrammar : CommandGrammar<PlayCommand>
{
    public PlayGrammar()
        : base("P", 5, 6) => FromTagIndex = 4;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = null;
        int count = 1;
        if (!text.Modifiers.IsEmpty && !DecimalNumber.TryParseSigned(text.Modifiers, out count))
        {
            return ErrorCode.PlayCount;
        }

        command = new PlayCommand(text.Text(1), text.Text(2), text.Text(3), text.Text(4), text.TextOrNull(5), count);
        return ErrorCode.None;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => DecimalNumber.TryParseSigned(modifiers, out _);

    protected override void Write(WordWriter words, PlayCommand command)
    {
        words.Begin("P" + command.Count.ToString(CultureInfo.InvariantCulture));
        words.Word(command.Call, nameof(command.Call));
        words.Word(command.Prompt, nameof(command.Prompt));
        words.Word(command.Codecs, nameof(command.Codecs));
        words.Tags(command.FromTag, command.ToTag);
    }
}
