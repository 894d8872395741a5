namespace RtpProxy.Controller;

/// <summary>What came back for one command.</summary>
/// <param name="Failure"><see cref="RelayFailure.None"/> when <paramref name="Text"/> is the node's reply.</param>
/// <param name="Text">
/// The reply without cookie, verbatim with its line ends, as Latin-1 (one character for each byte); empty without a
/// reply.
/// </param>
public readonly record struct RelayReply(RelayFailure Failure, string Text)
{
    /// <summary>Why there is no reply, in a clause for a person, as far as more is known than <see cref="Failure"/> says; else empty.</summary>
    public string Detail
    {
        get => field ?? "";
        init;
    }

    public bool IsReply => Failure == RelayFailure.None;

    public static RelayReply From(string text) => new(RelayFailure.None, text);

    public static RelayReply Failed(RelayFailure failure, string detail = "") => new(failure, "") { Detail = detail };
}
