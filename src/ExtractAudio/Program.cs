using RtpProxy.ExtractAudio;

IProgressDisplay progress = Console.IsErrorRedirected
    ? new NoProgressDisplay()
    : new TerminalProgressDisplay(Console.Error);
return new ExtractCommand(Console.Out, Console.Error, progress).Run(args);
