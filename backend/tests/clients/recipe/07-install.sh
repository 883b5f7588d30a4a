npm install lodash
pip install requests
