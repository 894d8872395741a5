using RtpProxy.MakeAnn;

ProgressLine? progress = Console.IsErrorRedirected ? null : new ProgressLine(Console.Error);
return new MakeAnnCommand(Console.Out, Console.Error, progress).Run(args);
