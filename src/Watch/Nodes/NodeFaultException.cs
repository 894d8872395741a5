namespace RtpProxy.Watch.Nodes;

/// <summary>A relay does not answer, or not in words that are understood. The message is a sentence for people.</summary>
internal sealed class NodeFaultException(string message, Exception? cause = null) : Exception(message, cause);
