using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>C[s][p] call_id target from_tag [to_tag]</c> (section 3.11).</summary>
internal sealed class CopyGrammar : CommandGrammar<CopyCommand>
{
    public CopyGrammar()
        : base("C", 4, 5) => FromTagIndex = 3;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = null;
        if (!Letters.AreAmong(text.Modifiers, 's', 'p', out bool singleFile, out bool reportPort))
        {
            return ErrorCode.RecordModifier;
        }

        command = new CopyCommand(text.Text(1), text.Text(2), text.Text(3), text.TextOrNull(4), singleFile, reportPort);
        return ErrorCode.None;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => Letters.AreAmong(modifiers, 's', 'p', out _, out _);

    protected override void Write(WordWriter words, CopyCommand command)
    {
        words.Begin("C" + (command.SingleFile ? "s" : "") + (command.ReportPort ? "p" : ""));
        words.Word(command.Call, nameof(command.Call));
        words.Word(command.Target, nameof(command.Target));
        words.Tags(command.FromTag, command.ToTag);
    }
}
