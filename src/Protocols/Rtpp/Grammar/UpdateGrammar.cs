using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>U[mods] call_id remote_ip remote_port from_tag [to_tag] [notify_socket notify_tag]</c> (section 3.2).</summary>
internal sealed class UpdateGrammar : CommandGrammar<UpdateCommand>
{
    public UpdateGrammar()
        : base("U", 5, 8) => TakesSubCommands = true;

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = null;
        Words words = text.Words;

        // The count decides: 5 no to-tag, 6 to-tag, 7 notify pair without to-tag, 8 both; or 7 with a to-tag and a socket that
        // has no tag, which Kamailio 5.6 sends.
        bool isBareSocket = words.Count == 7 && NotifySocketText.IsSocket(words[6]) && !NotifySocketText.IsSocket(words[5]);
        NotifyTarget? notify = null;
        if (words.Count >= 7 && !isBareSocket)
        {
            if (!PercentEncoding.TryDecode(words[words.Count - 1], out byte[] tag))
            {
                return ErrorCode.NotifyTagEscape;
            }

            notify = new NotifyTarget(words.Text(words.Count - 2), tag);
        }

        ErrorCode error = text.Legs.TryParse(
            text.Modifiers, words[2], words[3], text.Questions, out LegModifiers modifiers, out RemoteMedia? remote);
        if (error != ErrorCode.None)
        {
            return error;
        }

        string? toTag = words.Count is 6 or 8 || isBareSocket ? words.Text(5) : null;
        command = new UpdateCommand(words.Text(1), remote!, words.Text(4), toTag, modifiers, notify)
        {
            SocketWithoutTag = isBareSocket ? words.Text(6) : null,
        };
        return ErrorCode.None;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => LegModifierForm.MayBe(modifiers);

    protected override void Write(WordWriter words, UpdateCommand command)
    {
        words.Begin(LegModifierText.Write('U', command.Modifiers));
        words.Word(command.Call, nameof(command.Call));
        words.Remote(command.Remote);
        words.Tags(command.FromTag, command.ToTag);
        if (command.Notify is { } notify)
        {
            words.Word(notify.Socket, nameof(notify.Socket));
            words.Word(PercentEncoding.Encode(notify.Tag), nameof(notify.Tag));
        }
    }
}
