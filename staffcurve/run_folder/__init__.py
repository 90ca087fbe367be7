"""The run folder: its layout, its documents, and how it is written, read and found. Nobody else knows its names.

===================  ==============================================================================
``layout``           the name of every file and folder
``manifest``         ``manifest.json``: what a run was made of, enough to make its reports again
``summary``          ``summary.json``: the numbers of the week for other programs
``published``        ``published.json``: the calendar entries people have
``explanations``     ``explanations.json``: what stands behind the forecast
``whole``            a folder or file appears whole or not at all; ``exchange`` swaps two folders
``claim``            one writer at a time
``write``, ``read``  a run to its folder and back; ``formats`` writes its reports
``find``             the run an edited file came from
``earlier_runs``     what the previous run and the published one hand on
===================  ==============================================================================

Each document is a versioned model: an older one is read, a newer one refused in a sentence.
"""
