using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>R[s] call_id from_tag [to_tag]</c> (section 3.11).</summary>
internal sealed class RecordGrammar : CommandGrammar<RecordCommand>
{
    public RecordGrammar()
        : base("R", 3, 4) => FromTagIndex = 2;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = null;
        foreach (byte modifier in text.Modifiers)
        {
            switch (Letters.Lower(modifier))
            {
                case 's':
                    break;
                case 'p':
                    return ErrorCode.RecordModifierPlacement;
                default:
                    return ErrorCode.RecordModifier;
            }
        }

        command = new RecordCommand(text.Text(1), text.Text(2), text.TextOrNull(3), SingleFile: !text.Modifiers.IsEmpty);
        return ErrorCode.None;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => Letters.AreAmong(modifiers, 's', 'p', out _, out _);

    protected override void Write(WordWriter words, RecordCommand command)
    {
        words.Begin(command.SingleFile ? "Rs" : "R");
        words.Word(command.Call, nameof(command.Call));
        words.Tags(command.FromTag, command.ToTag);
    }
}
