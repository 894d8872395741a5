using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>N[a] call_id from_tag [to_tag]</c> (section 3.11).</summary>
internal sealed class NoRecordGrammar : CommandGrammar<NoRecordCommand>
{
    public NoRecordGrammar()
        : base("N", 3, 4) => FromTagIndex = 2;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = null;
        bool bothParties = !text.Modifiers.IsEmpty;
        if (bothParties && Letters.Lower(text.Modifiers[0]) != 'a')
        {
            return ErrorCode.RecordModifier;
        }

        if (text.Modifiers.Length > 1)
        {
            return ErrorCode.RecordModifierPlacement;
        }

        command = new NoRecordCommand(text.Text(1), text.Text(2), text.TextOrNull(3), bothParties);
        return ErrorCode.None;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => Letters.AreAll(modifiers, 'a');

    protected override void Write(WordWriter words, NoRecordCommand command)
    {
        words.Begin(command.BothParties ? "Na" : "N");
        words.Word(command.Call, nameof(command.Call));
        words.Tags(command.FromTag, command.ToTag);
    }
}
