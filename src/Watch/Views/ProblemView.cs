namespace RtpProxy.Watch.Views;

internal sealed record ProblemView(Problem Error);
