namespace RtpProxy.Controller.Relays;

/// <summary>Failures in words.</summary>
public static class FailureText
{
    /// <summary>One clause that says why there is no reply; empty for none.</summary>
    public static string Of(RelayFailure failure) => failure switch
    {
        RelayFailure.None => "",
        RelayFailure.NoReply => "no reply in time",
        RelayFailure.Unreachable => "nothing listens there, or the connection was lost",
        RelayFailure.Disabled => "the node is disabled",
        RelayFailure.Unwritable => "a word of the command holds a blank, a line end or NUL, is empty, or the command is too long",
        RelayFailure.Busy => "too many commands already wait for this node",
        _ => throw new System.Diagnostics.UnreachableException($"unknown failure {failure}"),
    };

    /// <summary>The same with what is known of the cause: who may not open which file, what nobody listens on.</summary>
    public static string Of(in RelayReply reply) => reply.Detail.Length > 0 ? reply.Detail : Of(reply.Failure);
}
