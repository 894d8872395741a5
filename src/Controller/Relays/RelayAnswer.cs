using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Controller.Relays;

/// <summary>The reply to a typed command, read.</summary>
/// <typeparam name="T">What the command asks for.</typeparam>
public sealed record RelayAnswer<T>
{
    internal RelayAnswer(AnswerStatus status, RelayReply reply, T? value = default, int? errorNumber = null)
    {
        Status = status;
        Reply = reply;
        Value = value;
        ErrorNumber = errorNumber;
    }

    public AnswerStatus Status { get; }

    /// <summary>The value; the default of its type unless done.</summary>
    public T? Value { get; }

    /// <summary>The number behind the <c>E</c> of an error reply, else null.</summary>
    public int? ErrorNumber { get; }

    /// <summary>The reply as it came.</summary>
    public RelayReply Reply { get; }

    public RelayFailure Failure => Reply.Failure;

    public bool IsDone => Status == AnswerStatus.Done;

    /// <summary>The error as the protocol names it; <see cref="ErrorCode.None"/> for unknown numbers and all else.</summary>
    public ErrorCode Error =>
        ErrorNumber is { } number && Enum.IsDefined((ErrorCode)number) ? (ErrorCode)number : ErrorCode.None;

    /// <summary>One clause for a person: what came instead of the value.</summary>
    public override string ToString() => Status switch
    {
        AnswerStatus.Done => $"{Value}",
        AnswerStatus.NoReply => FailureText.Of(Reply),
        AnswerStatus.Refused when Error == ErrorCode.None => $"the relay refused with E{ErrorNumber}",
        AnswerStatus.Refused => $"the relay refused with E{ErrorNumber} ({Error})",
        AnswerStatus.UnknownSession => "the relay knows no such session",
        _ => $"the relay answered '{Reply.Text.Trim()}', which is no answer to this command",
    };
}
